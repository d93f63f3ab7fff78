import { expect, test } from "../../fixtures/test.ts";
import { orderForm } from "../../pages/order.ts";
import { chartPage, patientForm } from "../../pages/patient.ts";
import { apiProcess } from "../../support/running-process.ts";
import { apiUrl } from "../../support/settings.ts";

test("without a network a save says so and keeps what was typed; with it back the same save works", async ({
  hospital,
  browsers,
}) => {
  const [nurse, patient] = await Promise.all([hospital.person("nurse"), hospital.patient()]);
  const page = await browsers.signedIn(nurse, `/patients/${patient.id}/edit`);
  const form = patientForm(page);
  await form.phone.fill("+1 555 010 0177");
  browsers.expectOutage();
  await page.context().setOffline(true);
  await form.save.click();
  await expect(page.getByRole("main").getByRole("alert")).toContainText(
    "The server cannot be reached. What you typed is kept",
  );
  await expect(form.phone).toHaveValue("+1 555 010 0177");
  await page.context().setOffline(false);
  await form.save.click();
  await expect(chartPage(page).details).toContainText("+1 555 010 0177");
});

test("an API that dies in the middle of an order loses nothing: it is back in seconds and the order is placed once", async ({
  hospital,
  browsers,
}) => {
  const victim = apiProcess();
  test.skip(victim === undefined, "the API's process is not on this machine");
  const [doctor, patient] = await Promise.all([hospital.person("doctor"), hospital.patient()]);
  const page = await browsers.signedIn(doctor, `/orders/new?patientId=${patient.id}`);
  const form = orderForm(page);
  await form.test.fill("potassium");
  await form
    .option(/^Potassium/)
    .first()
    .click();
  await form.notes.fill("Typed before the crash");
  browsers.expectOutage();
  process.kill(Number(victim), "SIGKILL");
  await form.submit.click();
  await expect(form.refusal).toContainText(/cannot be reached/);
  await expect(form.notes).toHaveValue("Typed before the crash");
  await expect
    .poll(() =>
      fetch(`${apiUrl}/api/v1/health/`).then(
        ({ status }) => status,
        () => 0,
      ),
    )
    .toBe(200);
  await form.submit.click();
  await expect(form.number).toHaveCount(1);
});

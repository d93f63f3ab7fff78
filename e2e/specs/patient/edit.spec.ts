import type { Patient } from "@infirmary/shared/patient";
import { unusualSsn } from "../../fixtures/hospital.ts";
import { expect, test } from "../../fixtures/test.ts";
import { chartPage, patientForm } from "../../pages/patient.ts";

test("two people change the same patient: the second sees both versions before anything is written", async ({
  hospital,
  browsers,
}) => {
  const [nurse, patient] = await Promise.all([
    hospital.person("nurse"),
    hospital.patient({ phone: "+1 555 010 0100" }),
  ]);
  const first = await browsers.signedIn(nurse, `/patients/${patient.id}/edit`);
  const second = await first.context().newPage();
  await second.goto(`/patients/${patient.id}/edit`);
  await patientForm(second).phone.fill("+1 555 010 0222");
  await patientForm(second).email.fill("typed.here@example.org");
  await patientForm(first).phone.fill("+1 555 010 0111");
  await patientForm(first).save.click();
  await expect(chartPage(first).details).toContainText("+1 555 010 0111");

  const form = patientForm(second);
  await form.save.click();
  await expect(form.staleDialog).toContainText("+1 555 010 0111");
  await expect(form.staleDialog).toContainText("+1 555 010 0222");
  expect(await hospital.admin.get<Patient>(`/patients/${patient.id}/`)).toMatchObject({ phone: "+1 555 010 0111" });
  await form.keepMine.click();
  await expect(form.phone).toHaveValue("+1 555 010 0222");
  await expect(form.email).toHaveValue("typed.here@example.org");
  await form.save.click();
  await expect(chartPage(second).details).toContainText("+1 555 010 0222");
});

test("a nurse changes details but is not offered to order, reveal or remove", async ({ hospital, browsers }) => {
  const ssn = unusualSsn();
  const [nurse, patient] = await Promise.all([hospital.person("nurse"), hospital.patient({ ssn })]);
  const page = await browsers.signedIn(nurse, `/patients/${patient.id}`);
  const chart = chartPage(page);
  await expect(chart.edit).toBeVisible();
  await expect(chart.details).toContainText(`***-**-${ssn.slice(-4)}`);
  await expect(chart.order).toHaveCount(0);
  await expect(chart.showSsn).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Remove record" })).toHaveCount(0);
  await page.goto(`/orders/new?patientId=${patient.id}`);
  await expect(page.getByText("Your role does not permit this screen.")).toBeVisible();
});

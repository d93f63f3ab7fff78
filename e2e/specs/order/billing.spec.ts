import { expect, test } from "../../fixtures/test.ts";
import { shell } from "../../pages/shell.ts";

test("a billing clerk sees how many tests were completed, and no patient anywhere", async ({ hospital, browsers }) => {
  const [clerk, doctor, technician, patient] = await Promise.all([
    hospital.person("billing_clerk"),
    hospital.person("doctor"),
    hospital.person("lab_technician"),
    hospital.patient(),
  ]);
  const order = await hospital.order(doctor, patient);
  await hospital.file(technician, patient, order, [{ value: "4.1" }]);
  const page = await browsers.signedIn(clerk, "/");
  await expect(page.getByRole("table", { name: "Completed tests" })).toContainText("Potassium");
  await expect(page.locator("body")).not.toContainText(patient.lastName, { ignoreCase: true });
  await expect(shell(page).navigation.getByRole("link")).toHaveText(["Home"]);
  for (const path of [
    "/patients",
    `/patients/${patient.id}`,
    "/orders",
    `/orders/${order.id}`,
    "/upload",
    "/inbox",
    "/audit",
  ]) {
    await page.goto(path);
    await expect(page.getByText("Your role does not permit this screen.")).toBeVisible();
  }
  await page.keyboard.press("Control+k");
  await shell(page).paletteField.fill(patient.lastName);
  await expect(shell(page).palette.getByRole("status")).toContainText("Nothing found");
});

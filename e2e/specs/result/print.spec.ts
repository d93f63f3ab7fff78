import { expect, test } from "../../fixtures/test.ts";

const A4_WIDTH_PX = 794;

test("a chart printed from a dark screen is white, fits the sheet, and says who printed it, when, and what is left out", async ({
  hospital,
  browsers,
}) => {
  const [doctor, technician, patient] = await Promise.all([
    hospital.person("doctor"),
    hospital.person("lab_technician"),
    hospital.patient(),
  ]);
  for (let day = 1; day <= 7; day++) {
    const order = await hospital.order(doctor, patient);
    const at = new Date(Date.UTC(2026, 10, day, 8));
    await hospital.file(technician, patient, order, [{ value: `4.${day}` }], at);
  }
  const page = await browsers.signedIn(doctor, `/patients/${patient.id}`);
  await expect(page.getByText("4.7")).toBeVisible();

  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await page.setViewportSize({ width: A4_WIDTH_PX, height: 1123 });
  await expect(page.getByText(/^Printed .* by /)).toBeVisible();
  await expect(page.getByText("Only the newest 6 of 7 times are printed.")).toBeVisible();
  await expect(page.getByText("4.1", { exact: true })).toBeHidden();
  await expect(page.getByRole("button", { name: "Edit" })).toBeHidden();
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(A4_WIDTH_PX);
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe("rgb(255, 255, 255)");
});

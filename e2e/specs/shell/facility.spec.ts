import { expect, test } from "../../fixtures/test.ts";

test("whoever works at two facilities changes between them in the header, and sees the patients of the one", async ({
  hospital,
  browsers,
}) => {
  const [here, there] = await hospital.facilities();
  if (!here || !there) throw new Error("The demo hospital has one facility only.");
  const [nurse, patient] = await Promise.all([
    hospital.person("nurse", { facilityIds: [here.id, there.id] }),
    hospital.patient(),
  ]);
  const page = await browsers.signedIn(nurse, "/patients");
  const switcher = page.getByTitle(/Work at another facility/);
  const changeTo = async (name: string) => {
    await switcher.click();
    await page.getByRole("dialog", { name: "Where do you work now?" }).getByRole("button", { name }).click();
    await expect(switcher).toContainText(name);
  };
  const first = (await switcher.textContent())?.includes(here.name) ? here : there;
  if (first.id !== there.id) await changeTo(there.name);
  await page.goto(`/patients/${patient.id}`);
  await expect(page.getByText(patient.lastName)).toHaveCount(0);
  // The refusal knows the way: the patient is seen at the other facility.
  await page.getByRole("button", { name: `Change to ${here.name}` }).click();
  await expect(switcher).toContainText(here.name);
  await expect(page.getByText(patient.lastName).first()).toBeVisible();
});

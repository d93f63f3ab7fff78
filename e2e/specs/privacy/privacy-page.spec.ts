import { expect, test } from "../../fixtures/test.ts";

test("the privacy officer sees in one place who looked without caring, and that the log is as it was written", async ({
  hospital,
  browsers,
}) => {
  const [officer, nurse, patient] = await Promise.all([
    hospital.person("privacy_officer"),
    hospital.person("nurse"),
    hospital.patient(),
  ]);
  await nurse.rest.get(`/patients/${patient.id}/`);
  const page = await browsers.signedIn(officer, "/privacy");
  for (const tile of ["Looked without caring", "Emergency access", "Failed sign-ins", "Exports"])
    await expect(page.getByRole("group", { name: "What to show" }).getByText(tile)).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: nurse.fullName })).toContainText(patient.lastName);

  // The worker seals each second and checks soon after a start.
  const pill = page.getByRole("button", { name: /Verified up to seal/ });
  await expect(async () => {
    await page.reload();
    await expect(pill).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 40_000 });
  await pill.click();
  await expect(page.getByRole("dialog")).toContainText(/seal/i);
});

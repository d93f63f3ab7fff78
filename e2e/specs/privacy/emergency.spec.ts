import { expect, test } from "../../fixtures/test.ts";
import { settled } from "../../pages/settled.ts";

test("in an emergency a record out of scope opens with three clicks and a reason, shows how long, closes again, and is reviewed", async ({
  hospital,
  browsers,
}) => {
  const [, elsewhere] = await hospital.facilities();
  if (!elsewhere) throw new Error("The demo hospital has one facility only.");
  const [doctor, officer, patient] = await Promise.all([
    hospital.person("doctor", { facilityIds: [elsewhere.id] }),
    hospital.person("privacy_officer"),
    hospital.patient(),
  ]);
  const page = await browsers.signedIn(doctor, `/patients/${patient.id}`);
  const [name, strip] = [
    page.getByText(patient.lastName),
    page.getByRole("region", { name: "Records opened in an emergency" }),
  ];
  await expect(page.getByRole("button", { name: "Open in an emergency" })).toBeVisible();
  await expect(name).toHaveCount(0);

  await page.getByRole("button", { name: "Open in an emergency" }).click();
  const dialog = page.getByRole("dialog", { name: "Open the record in an emergency" });
  const open = dialog.getByRole("button", { name: "Open the record" });
  await dialog.getByLabel("Covering", { exact: false }).click();
  // Without words nothing opens.
  await open.click();
  await expect(dialog.getByLabel("In a few words")).toHaveAccessibleDescription(/Required/);
  await dialog.getByLabel("In a few words").fill("On call for ward 3 tonight");
  await open.click();
  await expect(strip.getByRole("timer")).toHaveText(/left/);
  await expect(strip.getByRole("link")).toContainText(patient.lastName);
  await expect(name.first()).toBeVisible();

  const desk = await browsers.signedIn(officer, "/break-glass");
  const row = desk.getByRole("row").filter({ hasText: doctor.fullName });
  await expect(row).toContainText(patient.lastName);

  await strip.getByRole("button", { name: "Close record" }).click();
  await expect(strip).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Open in an emergency" })).toBeVisible();
  await settled(page);
  await expect(name).toHaveCount(0);

  await row.getByRole("button").first().click();
  const review = desk.getByRole("dialog", { name: "Emergency access" });
  await expect(review).toContainText("On call for ward 3 tonight");
  await review.getByRole("button", { name: "Record the review" }).click();
  await expect(review).toHaveCount(0);
  await expect(row).toHaveCount(0);
});

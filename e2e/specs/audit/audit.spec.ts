import { readFileSync } from "node:fs";
import { expect, test } from "../../fixtures/test.ts";
import { auditPage } from "../../pages/audit.ts";
import { personPage } from "../../pages/user.ts";

test("the log is filtered by patient and by person, and exported as it is filtered", async ({ hospital, browsers }) => {
  const [admin, nurse, doctor, patient] = await Promise.all([
    hospital.person("admin"),
    hospital.person("nurse"),
    hospital.person("doctor"),
    hospital.patient(),
  ]);
  await nurse.rest.get(`/patients/${patient.id}/`);
  await doctor.rest.get(`/patients/${patient.id}/`);
  const page = await browsers.signedIn(admin, "/audit");
  const log = auditPage(page);

  await log.choosePatient.click();
  await log.patientField.fill(patient.lastName);
  await page.getByRole("option", { name: patient.lastName }).click();
  await expect(log.rows.filter({ hasText: nurse.username })).not.toHaveCount(0);
  await expect(log.rows.filter({ hasText: doctor.username })).not.toHaveCount(0);

  await log.person.selectOption({ label: `${nurse.fullName} (${nurse.username})` });
  await expect(log.rows.filter({ hasText: doctor.username })).toHaveCount(0);
  await expect(log.rows.filter({ hasText: "patient.read" })).not.toHaveCount(0);

  const downloading = page.waitForEvent("download");
  await log.exportCsv.click();
  const file = await downloading;
  expect(file.suggestedFilename()).toMatch(/\.csv$/);
  const lines = readFileSync(await file.path(), "utf8")
    .trim()
    .split(/\r?\n/);
  expect(lines[0]).toMatch(/action/i);
  expect(lines.slice(1).length).toBeGreaterThan(0);
  for (const line of lines.slice(1)) expect(line).toContain(nurse.username);
});

test("from a person one gets to what that person did and was refused", async ({ hospital, browsers }) => {
  const [admin, clerk] = await Promise.all([hospital.person("admin"), hospital.person("billing_clerk")]);
  await expect(clerk.rest.get("/patients/")).rejects.toThrow("403");
  const page = await browsers.signedIn(admin, `/people/${clerk.id}`);
  await personPage(page).whatTheyDid.click();
  const log = auditPage(page);
  await expect(log.rows.first()).toContainText(clerk.username);
  await expect(log.rows.filter({ hasText: "Refused" })).not.toHaveCount(0);
});

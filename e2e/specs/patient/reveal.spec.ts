import { unusualSsn } from "../../fixtures/hospital.ts";
import { expect, test } from "../../fixtures/test.ts";
import { auditPage } from "../../pages/audit.ts";
import { chartPage } from "../../pages/patient.ts";

test("a doctor sees a national identifier in full for a reason, and both stand in the audit log", async ({
  hospital,
  browsers,
}) => {
  const ssn = unusualSsn();
  const [doctor, auditor, patient] = await Promise.all([
    hospital.person("doctor"),
    hospital.person("admin"),
    hospital.patient({ ssn }),
  ]);
  const page = await browsers.signedIn(doctor, `/patients/${patient.id}`);
  const chart = chartPage(page);
  await expect(chart.details).toContainText(`***-**-${ssn.slice(-4)}`);
  await chart.showSsn.click();
  await chart.revealNow.click();
  await expect(chart.revealReason).toHaveAccessibleDescription(/Required/);
  await chart.revealReason.fill("Matching a referral letter");
  await chart.revealNow.click();
  await expect(chart.reveal).toContainText(ssn);
  await page.getByRole("button", { name: "Hide now" }).click();
  await expect(page.locator("body")).not.toContainText(ssn);

  const log = auditPage(await browsers.signedIn(auditor, `/audit?patient=${patient.id}`));
  const entry = log.rows.filter({ hasText: "reveal" });
  await expect(entry).toContainText(doctor.username);
  await expect(entry).toContainText("Matching a referral letter");
  await entry.getByRole("button").click();
  await expect(log.table).not.toContainText(ssn);
});

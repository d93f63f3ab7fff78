import type { Role } from "@infirmary/shared/access";
import { roleNames } from "@infirmary/shared/access";
import { sickVitals, unusualSsn } from "../../fixtures/hospital.ts";
import { expect, test } from "../../fixtures/test.ts";
import { settled } from "../../pages/settled.ts";
import { expectAccessible } from "../../support/expect-accessible.ts";
import { expectNoSecrets } from "../../support/expect-no-secrets.ts";
import { expectNoSidewaysScroll } from "../../support/expect-no-sideways-scroll.ts";
import { addressOf, screensOf } from "../../support/screens.ts";
import { showScheme } from "../../support/show-scheme.ts";

for (const role of Object.keys(screensOf) as Role[]) {
  test(`${roleNames[role]}: every screen passes axe in light and dark, fits 1280 and 1024 px, and holds no secret`, async ({
    hospital,
    browsers,
  }) => {
    test.setTimeout(180_000);
    const [me, doctor, technician, patient] = await Promise.all([
      hospital.person(role),
      hospital.person("doctor"),
      hospital.person("lab_technician"),
      hospital.patient({ ssn: unusualSsn() }),
    ]);
    const order = await hospital.order(doctor, patient, { priority: "STAT", notes: "On spironolactone" });
    await hospital.file(technician, patient, order, [
      { value: "6.9", flag: "HH" },
      { code: "2345-7", name: "Glucose", value: "110", unit: "mg/dL", range: "70-99", flag: "H" },
      { code: "718-7", name: "Haemoglobin", value: "13.1", unit: "g/dL", range: "12.0-15.5", flag: "N" },
    ]);
    const { id: encounter } = await hospital.visit(doctor, patient);
    await doctor.rest.post(`/encounters/${encounter}/vitals/`, sickVitals);
    await doctor.rest.post(`/encounters/${encounter}/start-consult/`, {});
    const records = { patient: patient.id, order: order.id, person: doctor.id, encounter };
    const page = await browsers.signedIn(me, "/account");
    for (const screen of screensOf[role]) {
      const where = `${screen.name} of ${role}`;
      await test.step(where, async () => {
        const answer = await page.goto(addressOf(screen, records));
        expect(answer?.status(), where).toBe(200);
        await settled(page);
        await expectAccessible(page, where);
        await expectNoSidewaysScroll(page, where, [1280, 1024]);
        await showScheme(page, "dark");
        await expectAccessible(page, `${where}, dark`, ["color-contrast"]);
        await showScheme(page, "light");
        await expectNoSecrets(page, where);
      });
    }
  });
}

test("the pages before signing in pass axe in light and dark and fit a phone", async ({ browsers }) => {
  const page = await browsers.anonymous();
  for (const path of ["/sign-in", "/register", "/forgot-password", "/reset#anything", "/invitation#anything"]) {
    await page.goto(path);
    await settled(page);
    await expectAccessible(page, path);
    await expectNoSidewaysScroll(page, path, [1280, 1024, 375]);
    await showScheme(page, "dark");
    await expectAccessible(page, `${path}, dark`);
    await showScheme(page, "light");
  }
});

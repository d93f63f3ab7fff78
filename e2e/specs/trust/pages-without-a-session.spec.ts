import { expect, test } from "../../fixtures/test.ts";
import { bypassShapes } from "../../support/bypass-shapes.ts";
import { rawRequest } from "../../support/raw-request.ts";
import { addressOf, type Screen, screensOf } from "../../support/screens.ts";
import { isLong } from "../../support/trust-form.ts";

/** What every page behind the sign-in is rendered inside of, and none before it. */
const markers = ['aria-label="Main"', '"permissions":', '\\"permissions\\":'];

/** Row 18. */
test("forty ways around the sign-in yield no byte of any page behind it", async ({ hospital, browsers }) => {
  const [doctor, admin, patient] = await Promise.all([
    hospital.person("doctor"),
    hospital.person("admin"),
    hospital.patient(),
  ]);
  const order = await hospital.order(doctor, patient);
  const { id: encounter } = await hospital.visit(doctor, patient);
  const records = { patient: patient.id, order: order.id, person: doctor.id, encounter };
  const screens = new Map<string, Screen>();
  for (const role of ["doctor", "admin", "lab_technician", "privacy_officer"] as const)
    for (const screen of screensOf[role]) screens.set(screen.name, screen);
  const pages = [...screens.values()].map((screen) => addressOf(screen, records));
  expect(bypassShapes).toHaveLength(40);

  // The markers mean something: a page that one may see has one of them.
  const { request } = (await browsers.signedIn(admin, "/account")).context();
  const seen = await (await request.get("/patients")).text();
  expect(markers.some((marker) => seen.includes(marker))).toBe(true);

  const secrets = [...markers, patient.lastName, patient.mrn, order.orderNumber, doctor.fullName];
  const found: string[] = [];
  let asked = 0;
  for (const [at, page] of pages.entries()) {
    // The short form takes a quarter of the shapes for each page, others for the next.
    const shapes = bypassShapes.filter((_, index) => isLong || (index + at) % 4 === 0);
    const answers = await Promise.all(
      shapes.map(async ({ path, ...options }) => ({
        path: path(page),
        options,
        answer: await rawRequest(path(page), options),
      })),
    );
    for (const { path, options, answer } of answers) {
      asked++;
      const secret = secrets.find((text) => answer.body.includes(text));
      if (secret) found.push(`${path} ${JSON.stringify(options)}: ${answer.status} shows ${secret}`);
    }
  }
  expect(found).toEqual([]);
  expect(asked).toBeGreaterThan(isLong ? 800 : 200);
});

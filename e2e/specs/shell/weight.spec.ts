import { expect, test } from "../../fixtures/test.ts";
import { settled } from "../../pages/settled.ts";
import { addressOf, screensOf } from "../../support/screens.ts";

/** Compressed bytes of JavaScript a screen may ask for before it is usable. */
const scriptBytesMax = 300_000;

test("no screen asks for more than 300 kB of JavaScript, compressed", async ({ hospital, browsers }) => {
  const [doctor, technician, patient] = await Promise.all([
    hospital.person("doctor"),
    hospital.person("lab_technician"),
    hospital.patient(),
  ]);
  const order = await hospital.order(doctor, patient);
  await hospital.file(technician, patient, order, [{ value: "6.9", flag: "HH" }]);
  const { id: encounter } = await hospital.visit(doctor, patient);
  const records = { patient: patient.id, order: order.id, person: doctor.id, encounter };
  const visits = [
    ...screensOf.doctor.map((screen) => ({ person: doctor, screen })),
    ...screensOf.lab_technician
      .filter(({ name }) => name === "upload")
      .map((screen) => ({ person: technician, screen })),
  ];
  const measured = [];
  for (const { person, screen } of visits) {
    // A browser of its own for each screen: nothing is in its cache.
    const page = await browsers.signedIn(person, "/api/auth/csrf");
    const client = await page.context().newCDPSession(page);
    await client.send("Network.enable");
    const scripts = new Set<string>();
    let bytes = 0;
    client.on("Network.responseReceived", ({ requestId, type }) => {
      if (type === "Script") scripts.add(requestId);
    });
    client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      if (scripts.has(requestId)) bytes += encodedDataLength;
    });
    const startedAt = Date.now();
    await page.goto(addressOf(screen, records));
    await settled(page);
    measured.push({ screen: screen.name, scriptKb: Math.round(bytes / 1000), settledMs: Date.now() - startedAt });
    await page.context().close();
  }
  test.info().annotations.push({ type: "measured", description: JSON.stringify(measured) });
  console.error(
    measured
      .map(
        ({ screen, scriptKb, settledMs }) => `${screen}: ${scriptKb} kB of JavaScript, settled after ${settledMs} ms`,
      )
      .join("\n"),
  );
  expect(Math.max(...measured.map(({ scriptKb }) => scriptKb * 1000))).toBeLessThan(scriptBytesMax);
});

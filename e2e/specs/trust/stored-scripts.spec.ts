import type { Page } from "@playwright/test";
import { expect, test } from "../../fixtures/test.ts";
import { settled } from "../../pages/settled.ts";
import { oruMessage } from "../../support/oru-message.ts";
import { scriptPayloads } from "../../support/script-payloads.ts";

/** As many payloads as a field of the length takes, in pieces that hold all of them. */
function filled(length: number): string[] {
  const pieces: string[] = [];
  for (const payload of scriptPayloads) {
    const last = pieces.at(-1);
    if (last !== undefined && last.length + payload.length < length) pieces[pieces.length - 1] = `${last} ${payload}`;
    else if (payload.length <= length) pieces.push(payload);
  }
  return pieces;
}
/** The delimiters of HL7 as HL7 writes them in a field. */
const escaped = (text: string) =>
  text.replace(
    /[\\|^&~]/g,
    (sign) => ({ "\\": "\\E\\", "|": "\\F\\", "^": "\\S\\", "&": "\\T\\", "~": "\\R\\" })[sign] ?? "",
  );
const every = filled(480).join("").length;

/** Row 10. */
test("sixty scripts in every text that is shown run nowhere, and break no policy", async ({ hospital, browsers }) => {
  test.setTimeout(120_000);
  expect(scriptPayloads).toHaveLength(60);
  expect(every).toBeGreaterThan(1_500);
  const names = filled(100);
  const [doctor, technician, admin] = await Promise.all([
    hospital.person("doctor", { fullName: names[0] ?? "" }),
    hospital.person("lab_technician"),
    hospital.person("admin"),
  ]);
  // Who is called like a script: of all of them each is somebody's name.
  const patients = [];
  for (const [index, lastName] of names.entries())
    patients.push(
      await hospital.patient({
        lastName: `${lastName}`,
        firstName: names.at(-1 - index) ?? "Jane",
        address: filled(250)[0] ?? null,
      }),
    );
  // The watch over addresses would take a payload for a name.
  hospital.secrets.length = 0;
  const [patient] = patients;
  if (!patient) throw new Error("Nobody was registered.");

  const order = await hospital.order(doctor, patient, {
    notes: scriptPayloads.slice(0, 12).join("\n"),
  });
  const text = oruMessage({
    controlId: `X${Date.now()}`,
    patient: { ...patient, lastName: escaped(patient.lastName), firstName: escaped(patient.firstName) },
    order,
    values: [],
    at: new Date(),
  });
  const segments = scriptPayloads.map((payload, index) => {
    const safe = escaped(payload);
    return `OBX|${index + 1}|ST|S${index}^${safe}^LN||${safe}|${safe.slice(0, 40)}|${safe.slice(0, 60)}||||F\rNTE|1||${safe}`;
  });
  await technician.rest.postHl7(`/lab-orders/${order.id}/results/`, `${text}${segments.join("\r")}\r`);
  await doctor.rest.put(`/lab-orders/${order.id}/status/`, {
    status: "REVIEWED",
    comment: scriptPayloads.slice(12, 24).join(" "),
  });
  const cancelled = await hospital.order(doctor, patient);
  await doctor.rest.put(`/lab-orders/${cancelled.id}/status/`, { status: "CANCELLED", reason: filled(290)[0] });
  const { id: encounter } = await hospital.visit(doctor, patient, filled(480)[0]);
  for (const piece of filled(95).slice(0, 12))
    await doctor.rest.post(`/patients/${patient.id}/allergies/`, {
      substance: piece,
      reaction: filled(480)[1],
      severity: "mild",
    });
  await doctor.rest.post(`/patients/${patient.id}/reveal-ssn/`, { reason: filled(290)[1] });

  const ran: string[] = [];
  const look = async (page: Page, path: string, shows?: string) => {
    await page.goto(path);
    await settled(page);
    if (shows) await expect(page.getByText(shows, { exact: false }).first()).toBeVisible();
    if (await page.evaluate(() => "__ran" in window)) ran.push(path);
  };
  const asDoctor = await browsers.signedIn(doctor, "/patients");
  asDoctor.on("dialog", (dialog) => {
    ran.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await look(asDoctor, `/patients/${patient.id}`, patient.lastName);
  await look(asDoctor, `/patients/${patient.id}/edit`);
  await look(asDoctor, "/patients");
  await look(asDoctor, `/orders/${order.id}`, scriptPayloads[0]);
  await look(asDoctor, `/orders/${cancelled.id}`);
  await look(asDoctor, "/orders");
  await look(asDoctor, "/inbox");
  await look(asDoctor, `/encounters/${encounter}`);
  await look(asDoctor, "/encounters");
  const asAdmin = await browsers.signedIn(admin, "/audit");
  asAdmin.on("dialog", (dialog) => {
    ran.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await look(asAdmin, `/audit?patient=${patient.id}`);
  await look(asAdmin, "/people");
  await look(asAdmin, `/people/${doctor.id}`);
  expect(ran).toEqual([]);
});

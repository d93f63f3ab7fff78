import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { registerPatient } from "../../../test/lab.ts";
import { type Mailer, mailerOf } from "../../core/mail.ts";
import { sendReminders } from "./index.ts";

let api: Api;
let data: string;
let mailer: Mailer;
const hourMs = 3_600_000;
beforeAll(async () => {
  api = await startApi();
  data = await mkdtemp(join(tmpdir(), "infirmary-reminders-"));
  mailer = mailerOf({ INFIRMARY_DATA: data });
});
afterAll(async () => {
  await api.close();
  await rm(data, { recursive: true, force: true });
});
beforeEach(() => rm(join(data, "mail"), { recursive: true, force: true }));

const mails = async () => {
  const folder = join(data, "mail");
  const names = await readdir(folder).catch(() => []);
  return Promise.all(names.sort().map((name) => readFile(join(folder, name), "utf8")));
};
const nurse = () => api.as("nurse");
let day = 2;
/** An appointment on a day that no other test uses. */
const booked = async (patient: Record<string, unknown> = { email: "jane@example.org" }) => {
  const { id: patientId, lastName } = await registerPatient(api, patient);
  const start = new Date(Math.ceil(Date.now() / hourMs) * hourMs + day++ * 24 * hourMs);
  const answer = await (await nurse()).post("/appointments/", {
    patientId,
    providerId: api.people.doctor.id,
    visitType: "Oncology",
    start: start.toISOString(),
    end: new Date(start.getTime() + 900_000).toISOString(),
  });
  if (answer.status !== 201) throw new Error(answer.text);
  return { id: String(answer.body.id), patientId, lastName, start };
};
const rowOf = async (id: string) =>
  (
    await api.owner.query(
      "SELECT status, attempts, due_at, starts_at FROM appointment_reminder WHERE appointment_id = $1",
      [id],
    )
  ).rows[0];
/** As if the day before had come. */
const fallsDue = (id: string) =>
  api.owner.query("UPDATE appointment_reminder SET due_at = now() - interval '1 minute' WHERE appointment_id = $1", [
    id,
  ]);
const run = (by: Mailer = mailer) => sendReminders(api.platform, by);

it("goes out once, whoever sends, a day before, and says neither who nor what for", async () => {
  const { id, patientId, lastName, start } = await booked();
  const row = await rowOf(id);
  expect([row.status, start.getTime() - row.due_at.getTime()]).toEqual(["DUE", 24 * hourMs]);
  await run();
  expect(await mails()).toEqual([]);
  await fallsDue(id);
  await Promise.all([run(), run(), run()]);
  const sent = await mails();
  expect(sent).toHaveLength(1);
  expect(sent[0]).toContain("To: jane@example.org");
  expect(sent[0]).toContain("Site A");
  for (const word of [lastName, "Jane", "Oncology", "Dora"]) expect(sent[0]).not.toContain(word);
  expect((await rowOf(id)).status).toBe("SENT");
  const { rows } = await api.owner.query(
    "SELECT outcome, patient_id FROM audit_entry WHERE action = 'appointment.remind' AND entity_id = $1",
    [id],
  );
  expect(rows).toEqual([{ outcome: "success", patient_id: patientId }]);
});

it("is called off with the appointment, comes back with it, and follows it to another time", async () => {
  const { id, start } = await booked();
  const client = await nurse();
  await client.post(`/appointments/${id}/cancel/`, { reason: "Ill" });
  expect((await rowOf(id)).status).toBe("CANCELLED");
  await fallsDue(id);
  await run();
  expect(await mails()).toEqual([]);
  await client.post(`/appointments/${id}/undo/`, { version: 2 });
  expect((await rowOf(id)).status).toBe("DUE");
  await fallsDue(id);
  await run();
  expect(await mails()).toHaveLength(1);
  const later = (hours: number) => new Date(start.getTime() + hours * hourMs).toISOString();
  await client.post(`/appointments/${id}/reschedule/`, { start: later(1), end: later(1.25) });
  const moved = await rowOf(id);
  expect([moved.status, moved.starts_at.toISOString()]).toEqual(["DUE", later(1)]);
});

it("is not made for tomorrow's early booking, and has nowhere to go without an address", async () => {
  day = 0;
  const soon = await booked();
  expect((await rowOf(soon.id)).status).toBe("CANCELLED");
  day = 30;
  const silent = await booked({});
  await fallsDue(silent.id);
  await run();
  expect([(await rowOf(silent.id)).status, await mails()]).toEqual(["NO_ADDRESS", []]);
});

it("is tried again when the mail server is away, three times at most", async () => {
  const { id } = await booked();
  const broken: Mailer = { send: () => Promise.reject(new Error("connection refused")) };
  for (const [status, attempts] of [
    ["DUE", 1],
    ["DUE", 2],
    ["FAILED", 3],
  ]) {
    await fallsDue(id);
    await run(broken);
    expect(await rowOf(id)).toMatchObject({ status, attempts });
  }
  await fallsDue(id);
  await run();
  expect(await mails()).toEqual([]);
});

it("is never sent a second time after a worker died in between", async () => {
  const { id } = await booked();
  await api.owner.query(
    "UPDATE appointment_reminder SET status = 'SENDING', due_at = now() - interval '1 hour', changed_at = now() - interval '20 minutes' WHERE appointment_id = $1",
    [id],
  );
  await run();
  expect([(await rowOf(id)).status, await mails()]).toEqual(["FAILED", []]);
});

import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { mrnFromSequence } from "@infirmary/shared/patient";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "../src/core/id.ts";
import { oruOf } from "./lab.ts";
import { readAck, Sender } from "./mllp.ts";
import { accessOf, type OwnHospital, startOwnHospital } from "./own-hospital.ts";
import { seedTenants } from "./tenants.ts";

/** How often each of listener, API and database is killed: one round in `npm test`, twenty in `npm run test:faults`. */
const rounds = Number(process.env.FAULT_ROUNDS ?? 1);
const victims = ["listener", "api", "database"] as const;
const ordersPerRound = 300;

let hospital: OwnHospital;
let owner: OwnHospital["owner"];
const running = new Map<string, ChildProcess>();

beforeAll(async () => {
  hospital = await startOwnHospital();
  ({ owner } = hospital);
}, 120_000);
afterAll(() => hospital?.stop());

/** Starts a process of the product, and again whenever it ends, as the supervisor does. */
async function keepRunning(name: "listener" | "api"): Promise<void> {
  const child = await hospital.start(name === "api" ? "api" : "mllp", {
    MLLP_CONNECTIONS_PER_PEER: "32",
    MLLP_MESSAGES_PER_SECOND: "100000",
    CALLS_PER_USER_PER_MINUTE: "1000000000",
    CALLS_PER_TENANT_PER_MINUTE: "1000000000",
    UPLOADS_PER_USER_PER_MINUTE: "1000000000",
  });
  running.set(name, child);
  const again = () => {
    if (!isOver) setTimeout(() => void keepRunning(name), 200);
  };
  if (child.exitCode !== null || child.signalCode !== null) again();
  else child.once("exit", again);
}
let isOver = false;

it(
  "every acknowledged message is there exactly once, whatever is killed while it is sent",
  async () => {
    const { home } = await seedTenants(owner);
    const partner = newId();
    await owner.query("INSERT INTO partner (tenant_id, id, name) VALUES ($1, $2, 'Analyser')", [home.id, partner]);
    await owner.query(
      "INSERT INTO partner_certificate (tenant_id, fingerprint, partner_id) VALUES ($1, 'loopback', $2)",
      [home.id, partner],
    );
    const targets = await seedOrders(home, ordersPerRound * rounds);
    await Promise.all([keepRunning("listener"), keepRunning("api")]);

    const messages = targets.map((target, index) => {
      const controlId = `F${index}`;
      return { controlId, target, text: oruOf(target.patient, target, [{}, { code: "2951-2" }], { controlId }) };
    });
    const waiting = [...messages];
    const acknowledged = new Set<string>();
    const overMllp = async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        while (!acknowledged.has(next.controlId))
          if ((await sendOnce(next.text)) === "AA") acknowledged.add(next.controlId);
      }
    };
    const overHttp = async () => {
      for (let next = waiting.pop(); next; next = waiting.pop()) {
        while (!acknowledged.has(next.controlId)) if (await uploadOnce(next)) acknowledged.add(next.controlId);
      }
    };
    const load = Promise.all([overMllp(), overMllp(), overMllp(), overMllp(), overHttp(), overHttp()]);
    const faults = (async () => {
      for (let kill = 0; kill < rounds * victims.length; kill++) {
        const due = (messages.length * (kill + 1)) / (rounds * victims.length + 1);
        while (acknowledged.size < due) await sleep(20);
        const victim = victims[kill % victims.length];
        if (victim === "database") await killBackend();
        else running.get(victim ?? "")?.kill("SIGKILL");
      }
    })();
    await Promise.all([load, faults]);
    isOver = true;

    expect(acknowledged.size).toBe(messages.length);
    const stored = await owner.query(
      `SELECT (SELECT count(*)::int FROM hl7_message) AS messages, (SELECT count(DISTINCT control_id)::int FROM hl7_message) AS numbers,
              (SELECT count(*)::int FROM observation) AS values, (SELECT count(*)::int FROM unmatched_message) AS unmatched,
              (SELECT count(*)::int FROM service_order WHERE version <> 2 OR status <> 'COMPLETED' OR observation_count <> 2) AS astray,
              (SELECT count(*)::int FROM audit_entry WHERE action = 'result.file') AS audited,
              (SELECT count(DISTINCT entity_id)::int FROM audit_entry WHERE action = 'result.file') AS "auditedOrders"`,
    );
    const all = messages.length;
    expect(stored.rows[0]).toEqual({
      messages: all,
      numbers: all,
      values: 2 * all,
      unmatched: 0,
      astray: 0,
      audited: all,
      auditedOrders: all,
    });
  },
  120_000 * rounds,
);

let sockets: Sender[] = [];

/** One try over MLLP on a connection that is kept while it lasts; null where no answer came. */
async function sendOnce(text: string): Promise<string | null> {
  const sender = sockets.pop() ?? (await dial());
  if (!sender) return null;
  const ack = await Promise.race([sender.send(text), sleep(10_000, null)]);
  if (ack === null) {
    sender.close();
    return null;
  }
  sockets = [...sockets, sender];
  return readAck(ack).code;
}

async function dial(): Promise<Sender | null> {
  const socket = connect({ port: hospital.mllpPort, host: "127.0.0.1" });
  const isUp = await Promise.race([
    once(socket, "connect").then(() => true),
    once(socket, "close").then(() => false),
  ]).catch(() => false);
  if (isUp) return new Sender(socket);
  await sleep(50);
  return null;
}

let access: string | null = null;

/** One try over HTTP; false where it has to be sent again. */
async function uploadOnce({ target, text }: { target: Target; text: string }): Promise<boolean> {
  const { url } = hospital;
  try {
    access ??= await accessOf(url, "lab");
    const answer = await fetch(`${url}/lab-orders/${target.id}/results/`, {
      method: "POST",
      headers: { authorization: `Bearer ${access}`, "content-type": "application/hl7-v2" },
      body: text,
      signal: AbortSignal.timeout(10_000),
    });
    await answer.arrayBuffer();
    if (answer.status === 200 || answer.status === 201) return true;
    if (answer.status < 500) throw new Error(`The upload was answered ${answer.status}.`);
  } catch (error) {
    if (error instanceof Error && error.message.startsWith("The upload")) throw error;
  }
  await sleep(50);
  return false;
}

/** SIGKILL of one of the application's backends: the server ends all others and replays its log, as after a crash. */
async function killBackend(): Promise<void> {
  const { rows } = await owner.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE usename = 'infirmary_app' AND pid <> pg_backend_pid() LIMIT 1",
  );
  const [backend] = rows;
  if (backend) process.kill(backend.pid, "SIGKILL");
  for (let tries = 0; tries < 200; tries++) {
    await sleep(50);
    const isBack = await owner.query("SELECT 1").then(
      () => true,
      () => false,
    );
    if (isBack) return;
  }
  throw new Error("The database did not come back.");
}

type Target = { id: string; orderNumber: string; version: number; patient: Parameters<typeof oruOf>[0] };

/** Orders of one patient each, ready for results. */
async function seedOrders(home: { id: string; facilityId: string }, count: number): Promise<Target[]> {
  const { rows: people } = await owner.query<{ id: string }>("SELECT id FROM user_account WHERE username = 'doctor'");
  const targets = Array.from({ length: count }, (_, index): Target => {
    const mrn = mrnFromSequence(200_000 + index);
    const patient = { id: newId(), mrn, lastName: "Doe", firstName: "Jane", birthDate: "19800101", sex: "F" };
    return { id: newId(), orderNumber: `L9${index}`, version: 1, patient };
  });
  await owner.query(
    `INSERT INTO patient (tenant_id, id, mrn, first_name, last_name, date_of_birth, gender, sort_name)
     SELECT $1, id, mrn, 'Jane', 'Doe', '1980-01-01', 'female', 'doe  jane' FROM unnest($2::uuid[], $3::text[]) AS r (id, mrn)`,
    [home.id, targets.map(({ patient }) => patient.id), targets.map(({ patient }) => patient.mrn)],
  );
  await owner.query(
    `INSERT INTO service_order (tenant_id, id, facility_id, patient_id, order_number, test_code, test_name, priority, status, ordered_by_id)
     SELECT $1, r.id, $2, r.patient_id, r.number, '2823-3', 'Potassium', 'ROUTINE', 'ORDERED', $3 FROM unnest($4::uuid[], $5::uuid[], $6::text[]) AS r (id, patient_id, number)`,
    [
      home.id,
      home.facilityId,
      people[0]?.id,
      targets.map(({ id }) => id),
      targets.map(({ patient }) => patient.id),
      targets.map(({ orderNumber }) => orderNumber),
    ],
  );
  return targets;
}

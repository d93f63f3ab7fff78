import { type ChildProcess, fork } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { type EmbeddedDatabase, startEmbedded } from "@infirmary/db/embedded";
import { migrate } from "@infirmary/db/migrate";
import { ensureAppRole } from "@infirmary/db/roles";
import { mrnFromSequence } from "@infirmary/shared/patient";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { newId } from "../src/core/id.ts";
import { oruOf } from "./lab.ts";
import { readAck, Sender } from "./mllp.ts";
import { password, seedTenants } from "./tenants.ts";

/** How often each of listener, API and database is killed: one round in `npm test`, twenty in `npm run test:faults`. */
const rounds = Number(process.env.FAULT_ROUNDS ?? 1);
const victims = ["listener", "api", "database"] as const;
const ordersPerRound = 300;

const folder = mkdtempSync(join(tmpdir(), "infirmary-faults-"));
let database: EmbeddedDatabase;
let owner: pg.Pool;
let env: Record<string, string>;
const running = new Map<string, ChildProcess>();
const [apiPort, mllpPort] = [await freePort(), await freePort()];

async function freePort(): Promise<number> {
  const { createServer } = await import("node:net");
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  return typeof address === "object" && address ? address.port : 0;
}

beforeAll(async () => {
  chmodSync(folder, 0o755);
  database = await startEmbedded({ dataDir: folder, isThrowaway: false });
  await migrate(database.ownerUrl);
  const keep = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const key = () => randomBytes(32).toString("base64");
  const { privateKey } = generateKeyPairSync("ed25519");
  env = {
    DATABASE_APP_URL: await ensureAppRole({ ownerUrl: database.ownerUrl, password: randomBytes(16).toString("hex") }),
    SESSION_SECRET: key(),
    ACCESS_TOKEN_KEY_FILE: keep("access.pem", privateKey.export({ format: "pem", type: "pkcs8" }).toString()),
    FIELD_KEYS_FILE: keep("field.json", JSON.stringify({ keys: [{ id: 1, state: "active", key: key() }] })),
    INDEX_KEY_FILE: keep("index", key()),
    AUDIT_MAC_KEY_FILE: keep("mac", key()),
    API_PORT: String(apiPort),
    LISTEN_ADDRESS: "127.0.0.1",
    MLLP_PORT: String(mllpPort),
    MLLP_CONNECTIONS_PER_PEER: "32",
    MLLP_MESSAGES_PER_SECOND: "100000",
    CALLS_PER_USER_PER_MINUTE: "1000000000",
    CALLS_PER_TENANT_PER_MINUTE: "1000000000",
    UPLOADS_PER_USER_PER_MINUTE: "1000000000",
    LOG_LEVEL: "silent",
  };
  owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 });
  owner.on("error", () => undefined);
}, 120_000);

afterAll(async () => {
  for (const child of running.values()) child.kill("SIGKILL");
  await owner?.end();
  await database?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts a process of the product, and again whenever it ends, as the supervisor does. */
async function keepRunning(name: "listener" | "api"): Promise<void> {
  const file = fileURLToPath(new URL(name === "api" ? "../src/main.ts" : "../src/mllp.ts", import.meta.url));
  const child = fork(file, {
    env: { ...ambient(), ...env },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    execArgv: [],
  });
  running.set(name, child);
  child.once("exit", () => {
    if (!isOver) setTimeout(() => void keepRunning(name), 200);
  });
  await Promise.race([once(child, "message"), once(child, "exit")]);
}
const ambient = () => ({ PATH: process.env.PATH ?? "" });
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
  const socket = connect({ port: mllpPort, host: "127.0.0.1" });
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
  const url = `http://127.0.0.1:${apiPort}/api/v1`;
  try {
    access ??= await signIn(url);
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

async function signIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/auth/login/`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username: "lab", password }),
  });
  const body = (await answer.json()) as { access?: string };
  if (!body.access) throw new Error("Not signed in yet.");
  return body.access;
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

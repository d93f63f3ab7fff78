import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { connect } from "node:http2";
import { request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readEnv } from "../../apps/api/src/core/env.ts";
import { type EmbeddedDatabase, startEmbedded } from "../../packages/db/src/embedded/index.ts";
import { migrate } from "../../packages/db/src/migrate/index.ts";
import { ensureAppRole } from "../../packages/db/src/roles/index.ts";
import { loadDemo } from "../setup/demo.ts";
import { ambient } from "../setup/environment.ts";
import { ensureKeys } from "../setup/keys.ts";
import { freePort } from "../setup/ports.ts";
import { nginxFiles, Replica } from "./replicas.ts";

const hasNginx = spawnSync("nginx", ["-v"]).status === 0 && spawnSync("openssl", ["version"]).status === 0;
const folder = mkdtempSync(join(tmpdir(), "infirmary-nginx-"));
// Run by root, nginx works under an account of its own that must reach the folder.
chmodSync(folder, 0o755);

/** What the page server was asked, in place of pages. */
let asked: IncomingHttpHeaders = {};
let database: EmbeddedDatabase | undefined;
let replicas: Replica[] = [];
let nginx: ChildProcess | undefined;
let pages: Server | undefined;
let tls = 0;
let plain = 0;

type Answer = { status: number; headers: IncomingHttpHeaders; body: string };
/** Asks nginx, which has a certificate of its own making. */
function ask(path: string, options: { method?: string; headers?: Record<string, string>; body?: unknown } = {}) {
  const body = options.body === undefined ? undefined : JSON.stringify(options.body);
  const headers = { ...(body ? { "content-type": "application/json" } : {}), ...options.headers };
  return new Promise<Answer>((resolve, reject) => {
    const sent = request(
      { host: "127.0.0.1", port: tls, path, method: options.method ?? "GET", headers, rejectUnauthorized: false },
      (answer) => {
        let text = "";
        answer.setEncoding("utf8").on("data", (chunk: string) => {
          text += chunk;
        });
        answer.on("end", () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text }));
        answer.on("error", reject);
      },
    );
    sent.on("error", reject);
    sent.end(body);
  });
}

async function signIn(username: string, password: string): Promise<{ authorization: string }> {
  const answer = await ask("/api/v1/auth/login/", { method: "POST", body: { username, password } });
  expect(answer.status).toBe(200);
  return { authorization: `Bearer ${JSON.parse(answer.body).access}` };
}

describe.skipIf(!hasNginx)("two API processes behind our nginx", () => {
  beforeAll(async () => {
    // The API does not start on a test's database: what that acknowledges is not on the disk.
    database = await startEmbedded({ dataDir: join(folder, "data") });
    const appUrl = await ensureAppRole({ ownerUrl: database.ownerUrl, password: "0123456789abcdef" });
    await migrate(database.ownerUrl);
    const env = {
      ...ambient(),
      ...ensureKeys(readEnv({}), join(folder, "keys"), () => {}),
      DATABASE_APP_URL: appUrl,
      INFIRMARY_DATA: join(folder, "data"),
      INFIRMARY_DEMO: "1",
      NODE_ENV: "production",
      LISTEN_ADDRESS: "127.0.0.1",
      PUBLIC_URL: "https://localhost",
      DRAIN_SECONDS: "3",
      CALLS_PER_USER_PER_MINUTE: "1000000000",
      CALLS_PER_TENANT_PER_MINUTE: "1000000000",
      UPLOADS_PER_USER_PER_MINUTE: "1000000000",
      LOG_LEVEL: "error",
    };
    await loadDemo(env, join(folder, "demo.log"));
    replicas = [new Replica(await freePort(), env), new Replica(await freePort(), env)];
    await Promise.all(replicas.map((replica) => replica.start()));
    pages = createServer((incoming, response) => {
      asked = incoming.headers;
      response.end("a page");
    });
    const portal = await freePort();
    pages.listen(portal, "127.0.0.1");
    const openssl = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2"];
    const files = ["-subj", "/CN=localhost", "-keyout", "server.key", "-out", "server.crt"];
    expect(spawnSync("openssl", [...openssl, ...files], { cwd: folder }).status).toBe(0);
    [tls, plain] = [await freePort(), await freePort()];
    const api = replicas.map(({ port }) => port);
    const configuration = nginxFiles({ folder, tls, plain, health: await freePort(), api, portal });
    for (const [name, text] of Object.entries(configuration)) writeFileSync(join(folder, name), text);
    nginx = spawn("nginx", ["-c", join(folder, "nginx.conf"), "-g", "daemon off;"], { stdio: "ignore" });
    for (let tries = 0; tries < 100; tries++) {
      if ((await ask("/api/v1/ping/").catch(() => null))?.status === 200) return;
      await sleep(50);
    }
    throw new Error("nginx did not come up.");
  });
  afterAll(async () => {
    nginx?.kill("SIGTERM");
    pages?.close();
    await Promise.all(replicas.map((replica) => replica.stop()));
    await database?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it("speaks TLS 1.3 and HTTP/2 only over TLS, sends everybody there, and says so for two years", async () => {
    const [major] = (await ask("/api/v1/ping/")).headers["strict-transport-security"]?.match(/\d+/) ?? [];
    expect(Number(major)).toBe(63_072_000);
    const redirected = await fetch(`http://127.0.0.1:${plain}/patients?q=x`, { redirect: "manual" });
    expect([redirected.status, redirected.headers.get("location")]).toEqual([308, "https://127.0.0.1/patients?q=x"]);
    const old = spawnSync("openssl", ["s_client", "-connect", `127.0.0.1:${tls}`, "-tls1_2"], { input: "" });
    expect(old.status).not.toBe(0);
    const session = connect(`https://127.0.0.1:${tls}`, { rejectUnauthorized: false });
    await new Promise((resolve) => session.once("connect", resolve));
    expect(session.alpnProtocol).toBe("h2");
    session.close();
  });

  it("lets nobody outside see readiness, or say where a request comes from", async () => {
    expect((await ask("/api/v1/ready/")).status).toBe(404);
    const forged = { "x-forwarded-for": "1.2.3.4", "x-middleware-subrequest": "middleware", "x-nonce": "mine" };
    expect((await ask("/sign-in", { headers: forged })).body).toBe("a page");
    expect(asked).toMatchObject({ "x-forwarded-for": "127.0.0.1", "x-forwarded-proto": "https" });
    expect(asked["x-middleware-subrequest"]).toBeUndefined();
    expect(asked["x-nonce"]).toBeUndefined();
  });

  it("tells an event once to a screen, whichever process committed it", async () => {
    const nurse = await signIn("nurse.jane", "nurse123!");
    const heard: string[] = [];
    const stream = request({
      host: "127.0.0.1",
      port: tls,
      path: "/trpc/live.events",
      headers: { ...nurse, accept: "text/event-stream" },
      rejectUnauthorized: false,
    });
    stream.on("response", (answer) => answer.setEncoding("utf8").on("data", (text: string) => heard.push(text)));
    stream.on("error", () => {});
    stream.end();
    await sleep(500);
    const made: string[] = [];
    for (let count = 0; count < 6; count++) {
      const body = { firstName: "Replica", lastName: `Test${count}`, dateOfBirth: "1980-01-01", gender: "other" };
      const answer = await ask("/api/v1/patients/", { method: "POST", headers: nurse, body });
      expect(answer.status).toBe(201);
      made.push(JSON.parse(answer.body).id);
    }
    for (let tries = 0; tries < 50 && !made.every((id) => heard.join("").includes(id)); tries++) await sleep(50);
    for (const id of made) expect(heard.join("").split(`"patientId":"${id}"`).length - 1, id).toBe(1);
    stream.destroy();
  });

  it("ends a session in every process within five seconds", async () => {
    const doctor = await signIn("dr.smith", "doctor123!");
    const each = (headers: Record<string, string>) =>
      Promise.all(
        replicas.map(({ port }) =>
          fetch(`http://127.0.0.1:${port}/api/v1/auth/me/`, { headers }).then(({ status }) => status),
        ),
      );
    expect(await each(doctor)).toEqual([200, 200]);
    expect((await ask("/api/v1/auth/logout/", { method: "POST", headers: doctor, body: {} })).status).toBeLessThan(300);
    const endedAt = Date.now();
    while ((await each(doctor)).includes(200)) {
      expect(Date.now() - endedAt).toBeLessThan(5_000);
      await sleep(50);
    }
    expect(await each(doctor)).toEqual([401, 401]);
  });

  it("loses no request while each process is restarted in turn", { timeout: 120_000 }, async () => {
    const admin = await signIn("admin", "admin123!");
    let isOver = false;
    const statuses: Record<string, number> = {};
    const count = (key: string) => {
      statuses[key] = (statuses[key] ?? 0) + 1;
    };
    const clients = Array.from({ length: 8 }, async (_, client) => {
      for (let turn = 0; !isOver; turn++) {
        const isWrite = turn % 4 === 0;
        const body = {
          firstName: "Rolling",
          lastName: `R${client}x${turn}`,
          dateOfBirth: "1970-01-01",
          gender: "other",
        };
        const sent = isWrite
          ? ask("/api/v1/patients/", { method: "POST", headers: admin, body })
          : ask("/api/v1/patients/?limit=5", { headers: admin });
        count(
          await sent.then(
            ({ status }) => `${isWrite ? "POST" : "GET"} ${status}`,
            () => "no answer",
          ),
        );
      }
    });
    for (const replica of replicas) {
      expect(await replica.stop()).toBe(0);
      await replica.start();
      // nginx leaves a process that was away alone for five seconds.
      await sleep(5_500);
    }
    isOver = true;
    await Promise.all(clients);
    expect(Object.keys(statuses).sort()).toEqual(["GET 200", "POST 201"]);
  });
});

import { type ChildProcess, fork } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startEmbedded } from "@infirmary/db/embedded";
import { migrate } from "@infirmary/db/migrate";
import { ensureAppRole } from "@infirmary/db/roles";
import pg from "pg";
import { password } from "./tenants.ts";

export type OwnHospital = Awaited<ReturnType<typeof startOwnHospital>>;

/** A PostgreSQL of its own, with the product's keys and schema, for tests that hurt it; processes of the product are started on it. */
export async function startOwnHospital() {
  const folder = mkdtempSync(join(tmpdir(), "infirmary-own-"));
  chmodSync(folder, 0o755);
  const database = await startEmbedded({ dataDir: folder, isThrowaway: false });
  await migrate(database.ownerUrl);
  const keep = (name: string, text: string) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const key = () => randomBytes(32).toString("base64");
  const { privateKey } = generateKeyPairSync("ed25519");
  const [apiPort, mllpPort] = [await freePort(), await freePort()];
  const env: Record<string, string> = {
    DATABASE_APP_URL: await ensureAppRole({ ownerUrl: database.ownerUrl, password: randomBytes(16).toString("hex") }),
    SESSION_SECRET: key(),
    ACCESS_TOKEN_KEY_FILE: keep("access.pem", privateKey.export({ format: "pem", type: "pkcs8" }).toString()),
    FIELD_KEYS_FILE: keep("field.json", JSON.stringify({ keys: [{ id: 1, state: "active", key: key() }] })),
    INDEX_KEY_FILE: keep("index", key()),
    AUDIT_MAC_KEY_FILE: keep("mac", key()),
    API_PORT: String(apiPort),
    LISTEN_ADDRESS: "127.0.0.1",
    MLLP_PORT: String(mllpPort),
    LOG_LEVEL: "silent",
  };
  const owner = new pg.Pool({ connectionString: database.ownerUrl, max: 2 });
  owner.on("error", () => undefined);
  const running = new Set<ChildProcess>();
  return {
    folder,
    owner,
    apiPort,
    mllpPort,
    url: `http://127.0.0.1:${apiPort}/api/v1`,
    /** Starts a process and waits until it says that it is ready, or ends. */
    async start(name: "api" | "mllp", more: Record<string, string> = {}): Promise<ChildProcess> {
      const file = fileURLToPath(new URL(name === "api" ? "../src/main.ts" : "../src/mllp.ts", import.meta.url));
      const child = fork(file, {
        env: { ...env, ...more },
        stdio: ["ignore", "ignore", "inherit", "ipc"],
        execArgv: [],
      });
      running.add(child);
      child.once("exit", () => running.delete(child));
      await Promise.race([once(child, "message"), once(child, "exit")]);
      return child;
    },
    async stop(): Promise<void> {
      for (const child of running) child.kill("SIGKILL");
      await owner.end();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** An access token of one of the people whom `seedTenants` made. */
export async function accessOf(url: string, username: string): Promise<string> {
  const answer = await fetch(`${url}/auth/login/`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ username, password }),
  });
  const body = (await answer.json()) as { access?: string };
  if (!body.access) throw new Error("Not signed in yet.");
  return body.access;
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  return typeof address === "object" && address ? address.port : 0;
}

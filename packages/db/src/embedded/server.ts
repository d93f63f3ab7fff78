import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { endServer } from "./leftover.ts";
import type { Place } from "./place.ts";
import { serverSettings } from "./settings.ts";

/** A running server process. */
export interface Server {
  pid: number;
  /** Settles when the process has ended, for whatever reason. */
  ended: Promise<void>;
  /** Stops it in order; safe to call twice. */
  stop(): Promise<void>;
}

export interface ServerOptions {
  port: number;
  /** A connection string that can sign in once the server is up. */
  url: string;
  /** What the server says before its own log is open; its tail explains a failed start. */
  startLog: string;
  /** Trades durability for speed. */
  isThrowaway: boolean;
}

/**
 * Starts `postgres` and waits until it takes connections (crash recovery included).
 */
export async function startServer(place: Place, options: ServerOptions): Promise<Server> {
  const { port, url, startLog, isThrowaway } = options;
  const args = Object.entries(serverSettings(port, isThrowaway)).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const output = openSync(startLog, "w", 0o600);
  const child = spawn(join(place.bin, "postgres"), ["-D", place.cluster, ...args], {
    // A session of its own: Ctrl-C in the terminal must reach the supervisor alone, the database goes last.
    detached: true,
    cwd: "/",
    stdio: ["ignore", output, output],
    env: { PATH: "/usr/bin:/bin", LC_ALL: "C" },
    ...(place.account ? { uid: place.account.uid, gid: place.account.gid } : {}),
  });
  closeSync(output);
  const ended = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", () => resolve());
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`The database program in ${place.bin} cannot be run.`);
  const guard = guardAgainstOrphan(pid);
  void ended.then(() => guard.kill("SIGKILL"));
  const server = { pid, ended, stop: () => stopOnce(pid, ended) };
  try {
    await waitUntilReady(child, url, startLog);
    return server;
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/**
 * A shell that waits for the end of its standard input, which comes when this process dies in any way (kill -9 too),
 * and then shuts the server down. Killed as soon as the server has ended, so it never hits a reused process id.
 */
function guardAgainstOrphan(pid: number): ChildProcess {
  const guard = spawn("/bin/sh", ["-c", 'cat >/dev/null; kill -INT "$0"', String(pid)], {
    detached: true,
    cwd: "/",
    stdio: ["pipe", "ignore", "ignore"],
  });
  guard.unref();
  guard.stdin.on("error", () => undefined); // it was killed with the server: there is nothing left to guard
  (guard.stdin as unknown as { unref?(): void }).unref?.();
  return guard;
}

async function stopOnce(pid: number, ended: Promise<void>): Promise<void> {
  const isOver = await Promise.race([ended.then(() => true), sleep(0).then(() => false)]);
  if (!isOver) await endServer(pid);
  await ended;
}

async function waitUntilReady(child: ChildProcess, url: string, startLog: string): Promise<void> {
  const deadline = Date.now() + 60_000;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(
        `The database did not start: ${readFileSync(startLog, "utf8").trim().split("\n").slice(-3).join(" ")}`,
      );
    }
    const refusal = await tryConnection(url);
    if (refusal === undefined) return;
    // 57P03: still starting or recovering. A refused connection: not yet listening. Anything else will not pass.
    const isComing = refusal.code === "57P03" || refusal.code === "ECONNREFUSED" || refusal.code === "ECONNRESET";
    if (!isComing || Date.now() > deadline) throw new Error(`The database does not answer: ${refusal.message}`);
    await sleep(50);
  }
}

async function tryConnection(url: string): Promise<{ code: string; message: string } | undefined> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on("error", () => undefined); // reported by connect() below
  try {
    await client.connect();
    await client.query("SELECT 1");
    return undefined;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    return { code, message };
  } finally {
    await client.end().catch(() => undefined);
  }
}

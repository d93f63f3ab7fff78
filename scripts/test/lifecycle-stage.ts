import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { withoutSettings } from "../setup/environment.ts";
import { inProject, root } from "../setup/project.ts";
import { launch, type RunningProduct, untilUp } from "./running-product.ts";
import { resultsFile, run, type StageResult } from "./stage.ts";

type Check = [guarantee: string, prove: (product: RunningProduct) => Promise<void>];

/** What an operator relies on, proved on the real thing, in this order; the last ones end the product. */
const checks: Check[] = [
  ["the front door reaches portal and API", proveFrontDoor],
  ["a second start on the same data says so and ends", proveSecondStart],
  ["an API killed outright is back within five seconds", proveComesBack("/api/src/main.ts")],
  ["a worker killed outright is back within five seconds", proveComesBack("/api/src/worker.ts")],
  ["a portal killed outright is back within five seconds", proveComesBack("/web/server.ts")],
  ["a database killed outright is back, and the API recovers by itself", proveDatabaseComesBack],
  ["a backup made beside the running product restores whole, audit log and sealed values included", proveRestores],
  ["Ctrl-C stops every process within ten seconds, exit code 0", proveStopsWhole],
  ["after kill -9 nothing stays behind, and the next start is up within seconds", proveSurvivesKill],
];

export async function runLifecycle(product: RunningProduct): Promise<StageResult> {
  const failures: string[] = [];
  for (const [guarantee, prove] of checks) {
    await prove(product).catch((error: unknown) => {
      failures.push(`${guarantee}: ${error instanceof Error ? error.message : error}`);
    });
  }
  return { passed: checks.length - failures.length, failed: failures.length, skipped: 0, tail: failures.join("\n") };
}

async function proveFrontDoor({ baseUrl, apiUrl }: RunningProduct): Promise<void> {
  const health = await fetch(`${apiUrl}/api/v1/health/`);
  if (health.status !== 200) throw new Error(`the API's health answers ${health.status}`);
  const through = await fetch(`${baseUrl}/api/v1/ping/`);
  if (through.status !== 200) throw new Error(`/api/v1/ping/ through the front door answers ${through.status}`);
  const page = await fetch(baseUrl);
  if (page.status !== 200) throw new Error(`the portal answers ${page.status}`);
}

async function proveSecondStart({ env }: RunningProduct): Promise<void> {
  const second = launch(env);
  if ((await second.ended) === 0 || !second.output().includes("already running")) {
    throw new Error(`it said: ${second.output()}`);
  }
}

function proveComesBack(script: string): Check[1] {
  return async ({ dataDir, apiUrl, baseUrl }) => {
    const [pid] = processesOf(dataDir, script);
    if (pid === undefined) throw new Error("the process was not found");
    process.kill(pid, "SIGKILL");
    await within(5000, "no new process was ready", async () => {
      const [now] = processesOf(dataDir, script);
      return now !== undefined && now !== pid && (await isHealthy(apiUrl)) && (await answers(baseUrl));
    });
  };
}

async function proveDatabaseComesBack({ dataDir, apiUrl }: RunningProduct): Promise<void> {
  const pid = postmasterOf(dataDir);
  process.kill(pid, "SIGKILL");
  await within(10_000, "the API was not healthy again", async () => {
    const hasNewServer = existsSync(pidFile(dataDir)) && postmasterOf(dataDir) !== pid;
    return hasNewServer && (await isHealthy(apiUrl));
  });
}

async function proveRestores({ env }: RunningProduct): Promise<void> {
  const command = [inProject("scripts/restore-drill.mjs")];
  const log = resultsFile(root, "restore-drill.log");
  // The first command of its kind makes the key.
  const backup = [inProject("scripts/backup.mjs"), "--keep=1"];
  for (const words of [backup, command]) {
    const { code, text } = await run([process.execPath, ...words], {
      cwd: root,
      log,
      env: { ...withoutSettings(), ...env },
    });
    if (code !== 0) throw new Error(text);
  }
}

async function proveStopsWhole(product: RunningProduct): Promise<void> {
  const askedAt = Date.now();
  product.process.kill("SIGINT");
  const code = await product.ended;
  const seconds = (Date.now() - askedAt) / 1000;
  if (code !== 0 || seconds > 10) throw new Error(`it ended with ${code} after ${seconds} s`);
  const left = processesOf(product.dataDir, "");
  if (left.length > 0) throw new Error(`processes ${left} are left`);
}

async function proveSurvivesKill({ env, dataDir, apiUrl }: RunningProduct): Promise<void> {
  const victim = launch(env);
  await untilUp(victim);
  victim.process.kill("SIGKILL");
  await victim.ended;
  await within(10_000, "processes are left", async () => processesOf(dataDir, "").length === 0);
  const next = launch(env);
  const startedAt = Date.now();
  await untilUp(next);
  const seconds = (Date.now() - startedAt) / 1000;
  const healthy = await isHealthy(apiUrl);
  next.process.kill("SIGTERM");
  await next.ended;
  if (!healthy) throw new Error("the API was not healthy after the next start");
  if (seconds > 20) throw new Error(`the next start took ${seconds} s`);
}

/** Processes of this product whose command line contains `part`: they all carry its data folder or its ports. */
function processesOf(dataDir: string, part: string): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map(Number)
    .filter((pid) => {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
        const isOurs = command.includes(dataDir) || readFileSync(`/proc/${pid}/environ`, "utf8").includes(dataDir);
        return command !== "" && isOurs && command.includes(part) && !command.includes("playwright");
      } catch {
        return false; // it ended, or belongs to somebody else
      }
    });
}

function pidFile(dataDir: string): string {
  const location = join(dataDir, "postgres", "location");
  const cluster = existsSync(location) ? readFileSync(location, "utf8").trim() : join(dataDir, "postgres", "cluster");
  return join(cluster, "postmaster.pid");
}

function postmasterOf(dataDir: string): number {
  return Number.parseInt(readFileSync(pidFile(dataDir), "utf8"), 10);
}

async function isHealthy(apiUrl: string): Promise<boolean> {
  return answers(`${apiUrl}/api/v1/health/`);
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2000) })).status === 200;
  } catch {
    return false;
  }
}

async function within(limitMs: number, complaint: string, holds: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + limitMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`${complaint} within ${limitMs / 1000} s`);
    await sleep(50);
  }
}

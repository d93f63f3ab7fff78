import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * Stops a server that an earlier, killed Infirmary left on this cluster, and removes a lock file whose owner is gone.
 * The caller holds the data folder's lock, so a server found here belongs to nobody.
 */
export async function stopLeftover(cluster: string): Promise<void> {
  const lockFile = join(cluster, "postmaster.pid");
  const pid = pidIn(lockFile);
  if (pid === undefined) return;
  if (!servesCluster(pid, cluster)) {
    // After a reboot the number may belong to any process, and PostgreSQL would refuse to start because of it.
    rmSync(lockFile, { force: true });
    return;
  }
  await endServer(pid);
}

/**
 * Ends a server: fast (running transactions roll back), and after four seconds at once, which the next start repairs.
 * @param pid the postmaster's process id
 */
export async function endServer(pid: number): Promise<void> {
  for (const [signal, patienceMs] of [
    ["SIGINT", 4000],
    ["SIGQUIT", 1500],
    ["SIGKILL", 1000],
  ] as const) {
    if (!send(pid, signal)) return;
    for (let waitedMs = 0; waitedMs < patienceMs; waitedMs += 25) {
      if (!isAlive(pid)) return;
      await sleep(25);
    }
  }
  throw new Error(`The database process ${pid} does not end.`);
}

function pidIn(lockFile: string): number | undefined {
  if (!existsSync(lockFile)) return undefined;
  const pid = Number.parseInt(readFileSync(lockFile, "utf8"), 10);
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
}

function servesCluster(pid: number, cluster: string): boolean {
  return isAlive(pid) && commandOf(pid).includes(cluster);
}

function commandOf(pid: number): string {
  try {
    if (process.platform === "linux") return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    return execFileSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" });
  } catch {
    return ""; // it ended while we looked
  }
}

function isAlive(pid: number): boolean {
  if (!send(pid, 0)) return false;
  // A child that ended stays a zombie until its parent reads its status: it holds neither port nor files.
  if (process.platform !== "linux") return true;
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

function send(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ESRCH") return false;
    throw error;
  }
}

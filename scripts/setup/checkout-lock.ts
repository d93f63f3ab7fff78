import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inProject } from "./project.ts";

const LOCK = inProject("node_modules/.infirmary/building");

/**
 * Runs a step that writes into the checkout itself alone: two commands started at once (a test beside a running start)
 * must not build into the same folder. Waits for the other one; a lock whose owner is gone does not count.
 */
export async function aloneInCheckout<T>(work: () => Promise<T>, lock: string = LOCK): Promise<T> {
  mkdirSync(dirname(lock), { recursive: true });
  while (!take(lock)) {
    if (!isHeld(lock)) rmSync(lock, { force: true });
    else await sleep(200);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock: string): boolean {
  try {
    writeFileSync(lock, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function isHeld(lock: string): boolean {
  try {
    const pid = Number(readFileSync(lock, "utf8"));
    return pid !== process.pid && process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives and belongs to another user. Anything else: it ended, or gave the lock back just now.
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PlainError } from "../boot/plain-error.mjs";

interface Holder {
  pid: number;
  /** When the process began, in the kernel's clock; tells it from a later one that got the same number. */
  since: string;
  url: string;
  /** True once it has been asked to stop: a start right after waits for it. */
  isStopping: boolean;
}

export interface FolderLock {
  /** Says that the folder is about to be given back. */
  announceStop(): void;
  /** Gives it back. */
  release(): void;
}

/** Time for a holder to notice that it is asked to stop (npm ends before its script does). */
const NOTICE_MS = 1500;
/** Longer than a stop in order may take. */
const STOP_MS = 15_000;

/**
 * Takes the data folder for this process, or says who has it. A holder that was killed loses it.
 * @param url where the holder can be found, for the sentence
 * @throws PlainError when another Infirmary runs on it and is not about to stop
 */
export async function lockFolder(file: string, url: string): Promise<FolderLock> {
  mkdirSync(dirname(file), { recursive: true });
  const mine: Holder = { pid: process.pid, since: startOf(process.pid), url, isStopping: false };
  const startedAt = Date.now();
  for (;;) {
    if (take(file, mine)) break;
    const other = holderIn(file);
    if (!other || !isAlive(other)) {
      rmSync(file, { force: true });
      continue;
    }
    if (Date.now() - startedAt > (other.isStopping ? STOP_MS : NOTICE_MS)) {
      throw new PlainError(
        `Infirmary is already running on this data folder: ${other.url} (process ${other.pid}).\n` +
          "Stop it first, or set INFIRMARY_DATA and other ports to run a second one.",
      );
    }
    await sleep(100);
  }
  let isHeld = true;
  return {
    announceStop() {
      if (isHeld) writeFileSync(file, JSON.stringify({ ...mine, isStopping: true }));
    },
    release() {
      isHeld = false;
      rmSync(file, { force: true });
    },
  };
}

function take(file: string, mine: Holder): boolean {
  try {
    writeFileSync(file, JSON.stringify(mine), { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function holderIn(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined; // gone meanwhile, or cut short by a crash
  }
}

function isAlive({ pid, since }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  return startOf(pid) === since;
}

/** Field 22 of /proc/<pid>/stat, and nothing for a zombie; elsewhere the number alone has to do. */
function startOf(pid: number): string {
  if (process.platform !== "linux") return "";
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? "ended" : (fields[19] ?? "");
  } catch {
    return "ended";
  }
}

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { PlainError } from "../boot/plain-error.mjs";

interface Holder {
  pid: number;
  /** When the process began, in the kernel's clock; tells it from a later one that got the same number. */
  since: string;
  url: string;
}

/**
 * Takes the data folder for this process, or says who has it. A holder that was killed loses it.
 * @param url where the holder can be found, for the sentence
 * @returns gives it back
 * @throws PlainError when another Infirmary runs on it
 */
export function lockFolder(file: string, url: string): () => void {
  mkdirSync(dirname(file), { recursive: true });
  const mine: Holder = { pid: process.pid, since: startOf(process.pid), url };
  for (;;) {
    try {
      writeFileSync(file, JSON.stringify(mine), { flag: "wx" });
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const other = holderIn(file);
    if (other && isAlive(other)) {
      throw new PlainError(
        `Infirmary is already running on this data folder: ${other.url} (process ${other.pid}).\n` +
          "Stop it first, or set INFIRMARY_DATA and other ports to run a second one.",
      );
    }
    rmSync(file, { force: true });
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

import { readdirSync, readFileSync } from "node:fs";
import { dataFolder } from "./settings.ts";

/** The id of the running product's API process; undefined where the product runs elsewhere, or not from its data folder. */
export function apiProcess(): number | undefined {
  if (!dataFolder) return undefined;
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((pid) => isApiOf(pid, dataFolder ?? ""));
}

function isApiOf(pid: number, folder: string): boolean {
  try {
    const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
    return command.includes("apps/api/src/main.ts") && readFileSync(`/proc/${pid}/environ`, "utf8").includes(folder);
  } catch {
    return false; // it ended, or belongs to somebody else
  }
}

import { readFileSync } from "node:fs";

const EVERY_MS = 250;

/**
 * Asks this process to stop (SIGTERM) when the npm that started it is gone. npm ends at once on some signals and on
 * kill -9 in any case, and passes nothing on; its script would run on without anybody to stop it. npm may run the script
 * by a shell that stays between the two, and then it is the shell's parent that counts.
 */
export function stopWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const isBehindShell = commandOf(process.ppid).startsWith("sh -c ");
  const parent = process.ppid;
  const npm = isBehindShell ? parentOf(parent) : undefined;
  setInterval(() => {
    if (process.ppid !== parent || (npm !== undefined && parentOf(parent) !== npm))
      process.kill(process.pid, "SIGTERM");
  }, EVERY_MS).unref();
}

/** @param {number} pid */
function commandOf(pid) {
  return procFile(pid, "cmdline").replaceAll("\0", " ");
}

/** The fourth field of /proc/<pid>/stat; nothing where there is no /proc. @param {number} pid */
function parentOf(pid) {
  const stat = procFile(pid, "stat");
  return stat === "" ? undefined : Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
}

/** @param {number} pid @param {string} name */
function procFile(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, "utf8");
  } catch {
    return ""; // not Linux, or just ended
  }
}

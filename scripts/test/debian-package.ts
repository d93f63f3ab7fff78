import { existsSync } from "node:fs";
import { root } from "../setup/project.ts";
import { resultsFile, run } from "./stage.ts";

/** Tries to install one of Debian's packages; where that is not possible nothing happens, and what needs it says so. */
export async function installDebianPackage(name: string): Promise<void> {
  if (!existsSync("/usr/bin/apt-get")) return;
  const sudo = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  await runInstaller(`${name}-update`, ...sudo, "apt-get", "update");
  await runInstaller(name, ...sudo, "apt-get", "install", "-y", "--no-install-recommends", name);
}

/** Runs an installer with a limit of four minutes, its output in a log of the test results. */
export async function runInstaller(name: string, ...command: string[]): Promise<void> {
  await run(["timeout", "240", ...command], {
    cwd: root,
    log: resultsFile(root, `install-${name}.log`),
    env: { DEBIAN_FRONTEND: "noninteractive", PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: "15000" },
  });
}

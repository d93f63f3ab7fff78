import { sayError } from "../boot/plain-error.mjs";

/** Runs a command's main part; a failure becomes a sentence (or a stack, when it is ours) and exit code 1. */
export async function runCommand(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    sayError(error);
    process.exitCode = 1;
  }
  // Under Node 20 a second process waits for this one, and the channel to it would keep this one alive for ever.
  if (process.connected) process.disconnect();
}

/**
 * Settles at the first wish to stop: Ctrl-C, a signal, or the end of the process that started this one. Asked again
 * (npm passes Ctrl-C on, so it comes twice) it changes nothing.
 */
export function untilStopped(): Promise<string> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => resolve(signal));
    process.once("disconnect", () => resolve("the end of the starting process"));
  });
}

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PlainError } from "../boot/plain-error.mjs";
import type { Stage } from "./dockerfile.ts";

/** The account that images of Node run under has this number; where the test runs as root, the processes do too. */
const UNPRIVILEGED = 1000;

/** A process started as a container of the stage would be. */
export interface ImageProcess {
  name: string;
  child: ChildProcess;
  /** Everything it said so far. */
  output(): string;
  /** Asks it to end. @returns its exit code */
  stop(): Promise<number | null>;
}

/** Starts a stage's command, or another one in its place, in its folder and with its environment only. */
export function runImage(stage: Stage, folder: string, options: { env: Record<string, string>; command?: string[] }) {
  const [program = "", ...args] = options.command ?? stage.command ?? [];
  const child = spawn(program, args, {
    cwd: folder,
    env: { PATH: `${dirname(process.execPath)}:/usr/bin:/bin`, HOME: "/tmp", ...stage.env, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
    ...(process.getuid?.() === 0 && stage.user ? { uid: UNPRIVILEGED, gid: UNPRIVILEGED } : {}),
  });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      said = (said + text).slice(-20_000);
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  return {
    name: `${stage.name} ${args.at(-1) ?? ""}`,
    child,
    output: () => said,
    stop: () => {
      child.kill("SIGTERM");
      return ended;
    },
    ended,
  };
}

/** Runs the stage's own health check until it passes. @throws PlainError with the process's last words after 60 s */
export async function untilHealthy(image: ImageProcess, stage: Stage, folder: string, port: number): Promise<void> {
  const [program = "", ...args] = stage.healthCheck ?? [];
  const here = args.map((word) => word.replace(/:\d+\//, `:${port}/`));
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(300)) {
    if (image.child.exitCode !== null) break;
    if (spawnSync(program, here, { cwd: folder }).status === 0) return;
  }
  throw new PlainError(`${image.name} did not get healthy:\n${image.output()}`);
}

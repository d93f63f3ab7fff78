import { type ChildProcess, spawn } from "node:child_process";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { withoutSettings } from "../setup/environment.ts";
import { freePort } from "../setup/ports.ts";
import { inProject, root } from "../setup/project.ts";
import { lastLines } from "./stage.ts";

const UP_TIMEOUT_MS = 8 * 60_000;

/** The whole product, started as an operator starts it, on free ports and an empty data folder of its own. */
export interface RunningProduct {
  baseUrl: string;
  apiUrl: string;
  dataDir: string;
  env: Record<string, string>;
  /** The process that `npm start` would be. */
  process: ChildProcess;
  /** Everything it has printed so far. */
  output(): string;
  /** Settles with the exit code. */
  ended: Promise<number | null>;
  /** Ends it if it still runs and deletes its data. */
  dispose(): Promise<void>;
}

/** Starts it and waits until it says that it is up. */
export async function startRunningProduct(): Promise<RunningProduct> {
  const dataDir = mkdtempSync(join(tmpdir(), "infirmary-e2e-"));
  // Run by root, the server has an account of its own that must reach the folder.
  chmodSync(dataDir, 0o755);
  const [port, apiPort, mllpPort] = [await freePort(), await freePort(), await freePort()];
  const env = {
    PORT: String(port),
    API_PORT: String(apiPort),
    MLLP_PORT: String(mllpPort),
    INFIRMARY_DATA: dataDir,
    INFIRMARY_DEMO: "1",
    PUBLIC_URL: `http://localhost:${port}`,
    LOG_LEVEL: "info",
  };
  const product = launch(env);
  const running = {
    ...product,
    baseUrl: `http://localhost:${port}`,
    apiUrl: `http://localhost:${apiPort}`,
    dataDir,
    env,
    async dispose() {
      if (product.process.exitCode === null) product.process.kill("SIGTERM");
      await product.ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  try {
    await untilUp(product);
    return running;
  } catch (error) {
    await running.dispose();
    throw error;
  }
}

/** Runs scripts/start.mjs with nothing of the caller's settings but what is given. */
export function launch(env: Record<string, string>): Pick<RunningProduct, "process" | "output" | "ended"> {
  const child = spawn(process.execPath, [inProject("scripts/start.mjs")], {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...withoutSettings(), ...env },
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (chunk: string) => {
      text += chunk;
    });
  }
  const ended = new Promise<number | null>((resolve) => child.once("close", (code) => resolve(code)));
  return { process: child, output: () => text, ended };
}

/** Waits for the line that says so. @throws Error with the last lines when it ends or takes too long */
export async function untilUp({ process: child, output }: Pick<RunningProduct, "process" | "output">): Promise<void> {
  const deadline = Date.now() + UP_TIMEOUT_MS;
  while (!output().includes("Up in ")) {
    if (child.exitCode !== null || Date.now() > deadline) {
      throw new Error(`The product did not come up:\n${lastLines(output())}`);
    }
    await sleep(100);
  }
}

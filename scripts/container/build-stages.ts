import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { step } from "../boot/progress.mjs";
import { runLogged } from "../boot/run-logged.mjs";
import type { Stage, Step } from "./dockerfile.ts";

export interface BuildOptions {
  /** The checkout. */
  context: string;
  /** Where each stage gets a folder of its own; empty. */
  folder: string;
  log: string;
}

/**
 * Runs a Dockerfile's steps as plain commands, each stage in a folder that stands for its `/infirmary`. Packages of the
 * system (`apt-get`) are not installed: this machine must have them. What it proves: from the files in the repository
 * and the registry alone, these steps make what the images hold.
 * @returns each stage's folder by name
 */
export async function buildStages(stages: readonly Stage[], options: BuildOptions): Promise<Map<string, string>> {
  const folders = new Map<string, string>();
  for (const stage of stages) {
    const folder = join(options.folder, stage.name);
    const base = folders.get(stage.from);
    if (base) cpSync(base, folder, { recursive: true, verbatimSymlinks: true });
    else mkdirSync(folder, { recursive: true });
    folders.set(stage.name, folder);
    for (const one of stage.steps) {
      await step(
        `${stage.name}:${one.line}`,
        () => take(one, { context: options.context, log: options.log, env: stage.env, folder, folders }),
        (what) => what,
      );
    }
  }
  return folders;
}

type Surroundings = {
  folder: string;
  folders: ReadonlyMap<string, string>;
  context: string;
  log: string;
  env: Record<string, string>;
};

async function take(one: Step, { folder, folders, context, log, env }: Surroundings): Promise<string> {
  if (one.kind === "run") {
    if (one.command.includes("apt-get")) return "skipped: packages of the system";
    await runLogged(["sh", "-c", one.command], { cwd: folder, log, env, what: `Line ${one.line} failed` });
    return one.command.slice(0, 50);
  }
  if (one.fromStage === null) return copyContext(context, folder);
  const from = folders.get(one.fromStage);
  const source = join(from ?? "", one.source.replace(/^\/infirmary\/?/, ""));
  if (!from || !existsSync(source)) throw new Error(`Line ${one.line} copies what is not there: ${one.source}`);
  const target = join(folder, one.target);
  mkdirSync(dirname(target), { recursive: true });
  cpSync(source, target, { recursive: true, verbatimSymlinks: true });
  return one.target;
}

/** The build context: what git tracks or would track, without the browser tests, as `.dockerignore` has it. */
function copyContext(context: string, folder: string): string {
  const listed = spawnSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: context,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const files = listed.stdout
    .split("\0")
    .filter((file) => file && existsSync(join(context, file)))
    .filter((file) => !file.startsWith("e2e/") || file === "e2e/package.json");
  for (const file of files) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(context, file), join(folder, file));
  }
  return `${files.length} files`;
}

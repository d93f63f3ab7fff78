// The same C called from C: a process of its own that measures itself, asked in turn with the other candidates.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Candidate } from "./rounds.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "infirmary-bench-"));
const program = join(folder, "hl7");
const sources = readdirSync(join(root, "src/hl7val"))
  .filter((name) => name.endsWith(".c"))
  .map((name) => join(root, "src/hl7val", name));
const flags = ["-std=gnu11", "-O3", "-DNDEBUG", "-fno-strict-aliasing", `-I${root}/include`, `-I${root}/src`];
execFileSync("cc", [...flags, join(root, "bench/c/hl7.c"), ...sources, "-o", program]);
const children: ChildProcess[] = [];
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));

/** Ends what was started: before, nothing keeps this process from waiting for it. */
export function endC(): void {
  for (const child of children) child.kill();
}

/** Parses and reads in C what `bytes` holds, or indexes it and nothing else. */
export function inC(name: string, bytes: Uint8Array, isIndexOnly = false): Candidate {
  const file = join(folder, `${name.replaceAll(/\W/g, "-")}-${bytes.length}.hl7`);
  writeFileSync(file, bytes);
  const child = spawn(program, isIndexOnly ? [file, "index"] : [file], { stdio: ["pipe", "pipe", "inherit"] });
  const answers = createInterface(child.stdout)[Symbol.asyncIterator]();
  children.push(child);
  return {
    name,
    run: () => undefined,
    time: async (count) => {
      child.stdin.write(`${count}\n`);
      const { value } = await answers.next();
      return Number(String(value).split(" ")[0]);
    },
  };
}

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SampleFile } from "@infirmary/db/seed";

/** Writes the sample messages where the person at the upload screen finds them. */
export function writeSamples(folder: string, samples: readonly SampleFile[]): void {
  mkdirSync(folder, { recursive: true });
  for (const { name, text } of samples) writeFileSync(join(folder, name), text);
}

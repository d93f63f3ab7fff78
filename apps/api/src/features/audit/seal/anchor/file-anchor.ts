import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import { canonicalJson } from "../../../../core/canonical-json.ts";
import type { Anchor } from "./anchor.ts";

/**
 * Appends to a file, one canonical JSON a line, each with the SHA-256 of the line before: none can be taken out or changed
 * unseen. Put it on another machine's disk, or one that only appends.
 */
export function fileAnchor(path: string): Anchor {
  return {
    place: `file ${path}`,
    async write(records) {
      if (records.length === 0) return;
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      let previous = hashOfLastLine(path);
      const lines = records.map((record) => {
        const line = canonicalJson({ v: 1, ...record, previous });
        previous = sha256(line);
        return line;
      });
      const file = await open(path, "a", 0o600);
      try {
        await file.appendFile(`${lines.join("\n")}\n`);
        await file.sync();
      } finally {
        await file.close();
      }
    },
  };
}

function hashOfLastLine(path: string): string {
  if (!existsSync(path)) return "0".repeat(64);
  const last = readFileSync(path, "utf8").trimEnd().split("\n").at(-1);
  return last ? sha256(last) : "0".repeat(64);
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

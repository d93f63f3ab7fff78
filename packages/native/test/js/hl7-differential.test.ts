import { readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { importPeer, installPeers } from "../../bench/peers.ts";
import { hl7 } from "../../js/index.ts";
import { referenceData } from "../../test-support/index.ts";
import { filesIn } from "./hl7-fixtures.ts";

// What we read of real messages is what two other parsers read. Neither the messages nor the parsers are part of the
// project: the parsers are the bench's, and are installed where the messages are; elsewhere this is reported as skipped.
const folder = referenceData("hl7/good");

/** Segments, each its name and, from index 1 on, its fields; a field is what was written, or repetitions of components. */
type Reading = { name: string; fields: (string | string[][])[] }[];
interface ClientNode {
  readonly name: string;
  toArray(): ClientNode[];
  toRaw(): string;
}
const readers: Record<string, (text: string) => Reading> = {};

beforeAll(async () => {
  if (!folder) return;
  installPeers();
  const { Hl7Message } = await importPeer("@medplum/core/dist/esm/index.mjs");
  readers["@medplum/core"] = (text) =>
    Hl7Message.parse(text).segments.map((segment: { name: string; fields: { components: string[][] }[] }) => ({
      name: segment.name,
      fields: segment.fields.map(({ components }) => components),
    }));
  const { Message } = await importPeer("node-hl7-client/lib/esm/index.mjs");
  readers["node-hl7-client"] = (text) =>
    (new Message({ text }) as ClientNode).toArray().map((segment) => ({
      name: segment.name,
      fields: segment.toArray().map((field) => field.toRaw()),
    }));
}, 120_000);

/** How much was compared. */
function compare(message: hl7.Hl7Message, reading: Reading): number {
  const seen = new Map<string, number>();
  let compared = 0;
  expect(reading.length).toBe(message.segmentCount);
  for (const { name, fields } of reading) {
    const occurrence = (seen.get(name) ?? 0) + 1;
    seen.set(name, occurrence);
    for (const [i, field] of fields.entries()) {
      // Both count the name as field 0, and see MSH-2 where MSH-1 would be, the delimiter itself.
      const n = name === "MSH" ? i + 1 : i;
      if (i === 0 || (name === "MSH" && n <= 2)) continue;
      const path = `${name}[${occurrence}]-${n}`;
      if (typeof field === "string") {
        // node-hl7-client drops blanks at the end of a line, which we keep.
        const isLast = i === fields.length - 1;
        expect(isLast ? message.raw(path)?.trimEnd() : message.raw(path), path).toBe(field);
        compared++;
        continue;
      }
      for (const [r, components] of field.entries()) {
        for (const [c, text] of components.entries()) {
          const at = `${path}[${r + 1}].${c + 1}`;
          expect(message.raw(at), at).toBe(text);
          compared++;
        }
      }
    }
  }
  return compared;
}

describe.skipIf(!folder)("good messages are read as other parsers read them", () => {
  const files = folder ? filesIn(folder) : [];
  it.each(files)("%s", (file) => {
    const bytes = readFileSync(new URL(file, folder));
    const messages = hl7.split(bytes);
    expect(messages.length).toBeGreaterThan(0);
    for (const { offset, length } of messages) {
      const part = bytes.subarray(offset, offset + length);
      const message = hl7.parse(part);
      // One character a byte, as `raw` gives it; and one kind of line end, because neither takes all three in one message.
      const text = part.toString("latin1").replace(/\r\n?|\n/g, "\r");
      for (const [name, read] of Object.entries(readers)) {
        expect(compare(message, read(text)), name).toBeGreaterThan(5);
      }
    }
    expect(Object.keys(readers).length).toBe(2);
  });
});

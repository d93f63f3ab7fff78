import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { runMutations } from "../../fuzz/js/run.ts";

const corpus = new URL("../../fuzz/hl7val/corpus/message/", import.meta.url);
const seeds = readdirSync(corpus).map((name) => readFileSync(new URL(name, corpus)));

it("C and JavaScript agree on 3,000 damaged messages and what else is damaged", () => {
  const counts = runMutations(seeds, 3_000, 20_261_122);
  expect(counts).toMatchObject({ messages: 3_000, invoices: 300, envelopes: 300, policies: 300 });
  expect(counts.readable).toBeGreaterThan(1_000);
});

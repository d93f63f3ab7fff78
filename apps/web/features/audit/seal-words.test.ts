import type { AuditStatus } from "@infirmary/shared/audit";
import { expect, it } from "vitest";
import { sealWords } from "./seal-pill.tsx";

const status: AuditStatus = {
  state: "verified",
  lastSeal: { number: 1234, sealedAt: "2026-11-22T10:00:00.000Z" },
  verifiedSeal: 1230,
  checkedAt: null,
  wholeCheckedAt: null,
  entriesChecked: 1,
  unsealed: 0,
  lagSeconds: 0,
  anchors: [],
  findings: [],
};
const finding = { kind: "entry-changed", place: "seal 2", detail: "It is not as Infirmary wrote it." };

it.each([
  [status, "Verified up to seal 1,230"],
  [{ ...status, state: "behind" as const, lagSeconds: 150 }, "Sealing is 3 min behind"],
  [{ ...status, state: "tampered" as const, findings: [finding] }, "Tampering found: 1 place"],
  [{ ...status, state: "unchecked" as const, verifiedSeal: null }, "Not checked yet"],
])("says in a few words how the log stands", (given, words) => {
  expect(sealWords(given)).toBe(words);
});

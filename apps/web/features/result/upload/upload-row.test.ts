import type { ResultPreview } from "@infirmary/shared/result";
import { describe, expect, it } from "vitest";
import type { ApiError } from "#lib/trpc/api-error.ts";
import {
  effectsOf,
  isFileable,
  isWrongPatient,
  needsChoice,
  type Stage,
  stateOf,
  tally,
  type UploadRow,
} from "./upload-row.ts";

const order = { id: "o", orderNumber: "L1", testCode: "2823-3", testName: "Potassium", status: "ORDERED" } as const;
const preview = (changes: Partial<ResultPreview> = {}): ResultPreview => ({
  type: "ORU^R01",
  version: "2.5.1",
  controlId: "M1",
  disposition: "take",
  issues: [],
  text: "MSH|",
  saysPatient: null,
  patient: null,
  order,
  candidates: [],
  observations: [],
  blockers: [],
  alreadyFiled: false,
  ...changes,
});
const error: ApiError = {
  code: "unreachable",
  title: "t",
  detail: null,
  errors: [],
  requestId: null,
  retryAfterSeconds: null,
};
const row = (stage: Stage, isWanted = true): UploadRow => ({ id: "r", fileName: "a.hl7", part: null, isWanted, stage });
const checked = (changes: Partial<ResultPreview> = {}) => row({ kind: "checked", preview: preview(changes) });
const wrong = { code: "patient-mismatch", message: "PID-7: no" };
const unnamed = { code: "order-mismatch", message: "The message names no order. Choose one." };
const candidate = { ...order, orderedAt: "2026-11-22T08:00:00Z" };

describe("a message", () => {
  it("may be filed once it is checked and nothing speaks against it", () => {
    expect(isFileable(checked())).toBe(true);
    expect(stateOf(checked()).words).toBe("Ready");
  });
  it("is never offered for filing with a blocker, without an order, or twice", () => {
    for (const changes of [{ blockers: [wrong] }, { order: null }, { alreadyFiled: true }]) {
      expect(isFileable(checked(changes))).toBe(false);
    }
    expect(isFileable(row({ kind: "filed", preview: preview(), isRepeat: false, orderStatus: "COMPLETED" }))).toBe(
      false,
    );
    expect(isFileable(row({ kind: "refused", reason: "no" }))).toBe(false);
  });
  it("can be filed again after a failure: nothing of it is lost", () => {
    expect(isFileable(row({ kind: "failed", preview: preview(), error }))).toBe(true);
  });
  it("asks for an order only where that is all it lacks", () => {
    expect(needsChoice(checked({ order: null, candidates: [candidate], blockers: [unnamed] }))).toBe(true);
    expect(needsChoice(checked({ order: null, candidates: [candidate], blockers: [unnamed, wrong] }))).toBe(false);
    expect(needsChoice(checked({ order: null, blockers: [unnamed] }))).toBe(false);
  });
  it("is marked when it is about somebody else", () => {
    expect(isWrongPatient(preview({ blockers: [wrong] }))).toBe(true);
    expect(isWrongPatient(preview({ blockers: [unnamed] }))).toBe(false);
  });
});

describe("stateOf", () => {
  it("has a word for every stage", () => {
    const stages: Stage[] = [
      { kind: "checking" },
      { kind: "refused", reason: "r" },
      { kind: "unchecked", error },
      { kind: "checked", preview: preview({ alreadyFiled: true }) },
      { kind: "checked", preview: preview({ blockers: [wrong] }) },
      { kind: "filing", preview: preview() },
      { kind: "failed", preview: preview(), error },
      { kind: "filed", preview: preview(), isRepeat: false, orderStatus: "COMPLETED" },
    ];
    expect(stages.map((stage) => stateOf(row(stage)).words)).toEqual([
      "Checking",
      "Not taken",
      "Not checked",
      "Filed before",
      "Cannot be filed",
      "Filing",
      "Not filed",
      "Filed ✓",
    ]);
  });
});

describe("tally", () => {
  it("counts what confirming would file, and what leaving would leave behind", () => {
    const rows = [
      checked(),
      { ...checked(), isWanted: false },
      checked({ blockers: [wrong] }),
      row({ kind: "failed", preview: preview(), error }),
      row({ kind: "filed", preview: preview(), isRepeat: false, orderStatus: "COMPLETED" }),
    ];
    expect(tally(rows)).toEqual({ all: 5, wanted: 2, failed: 1, unfinished: 3 });
  });
});

describe("effectsOf", () => {
  const value = (effect: "new" | "replaces" | "same") =>
    ({ effect }) as unknown as ResultPreview["observations"][number];
  it("says what filing would do to the record", () => {
    expect(effectsOf({ observations: [value("new"), value("new"), value("replaces"), value("same")] })).toBe(
      "2 new, 1 replaces a value, 1 as filed",
    );
    expect(effectsOf({ observations: [] })).toBe("None");
  });
});

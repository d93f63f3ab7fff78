import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instantOf } from "./instant-of.ts";
import type { Incoming } from "./interpret-message.ts";
import { keyOf } from "./match-values.ts";
import { type Current, countValues, planFiling } from "./rules.ts";

const value = (changes: Partial<Incoming> = {}): Incoming => ({
  position: 1,
  panelCode: "P",
  panelName: null,
  code: "2823-3",
  codingSystem: "LN",
  name: "Potassium",
  subId: null,
  valueType: "NM",
  value: "4.1",
  unit: "mmol/L",
  referenceRange: null,
  abnormalFlag: null,
  status: "F",
  observedAt: null,
  observedText: null,
  notes: [],
  ...changes,
});
const current = (changes: Partial<Current> = {}): Current => ({
  ...value(),
  id: "a",
  version: 1,
  sender: "LAB|S",
  sentText: "20261102093000",
  ...changes,
});
const message = { sender: "LAB|S", sentText: "20261102100000" };

describe("planning a filing", () => {
  it("tells new, replaced and repeated values apart by code, sub-id and panel", () => {
    const plan = planFiling(
      [value(), value({ value: "4.2", code: "X" }), value({ subId: "2" })],
      [current(), current({ id: "b", code: "X" })],
      message,
    );
    expect(plan.steps.map(({ effect }) => effect)).toEqual(["same", "replaces", "new"]);
    expect(plan.stale).toEqual([]);
  });

  const effectsOf = (incoming: Incoming[], record: Current[]) => {
    const { steps, stale } = planFiling(incoming, record, message);
    return { effects: steps.map(({ effect, current: one }) => `${effect} ${one?.id ?? "-"}`), stale: stale.length };
  };
  const at = (observedText: string, changes: Partial<Incoming> = {}) => value({ observedText, ...changes });
  const line = (text: string, status = "F") => value({ value: text, status, valueType: "TX" });
  const stored = (id: string, of: Incoming): Current => ({ ...current(), ...of, id });

  it("takes the lines of a report under one code line by line, and its final text for the preliminary", () => {
    const record = [stored("a", line("one", "P")), stored("b", line("two", "P"))];
    expect(effectsOf([line("ONE"), line("TWO"), line("THREE")], record)).toEqual({
      effects: ["replaces a", "replaces b", "new -"],
      stale: 0,
    });
    expect(effectsOf([line("one", "P"), line("TWO")], record).effects).toEqual(["same a", "replaces b"]);
  });

  it("keeps a series at several times apart: a later one is new and corrects nothing, a correction finds its own", () => {
    const record = [stored("a", at("0800", { value: "5" })), stored("b", at("1100", { value: "50" }))];
    expect(effectsOf([at("1400", { value: "900" })], record)).toEqual({ effects: ["new -"], stale: 0 });
    expect(effectsOf([at("0800", { value: "6", status: "C" })], record)).toEqual({
      effects: ["replaces a"],
      stale: 0,
    });
    expect(effectsOf([at("0900", { value: "6", status: "C" })], record.slice(0, 1)).effects).toEqual(["replaces a"]);
  });

  it("refuses to guess which of several values a correction is about", () => {
    const record = [stored("a", line("one")), stored("b", line("two"))];
    expect(effectsOf([line("three", "C")], record).stale).toBe(1);
  });

  it("lets a withdrawal replace a correction", () => {
    expect(planFiling([value({ status: "W", value: null })], [current({ status: "C" })], message).stale).toEqual([]);
  });

  it("never lets anything preliminary replace anything final, whatever the rest says", () => {
    const status = fc.constantFrom("P", "R", "S", "I");
    const final = fc.constantFrom("F", "C", "U", "X");
    fc.assert(
      fc.property(status, final, fc.string(), fc.string(), (now, before, a, b) => {
        fc.pre(a !== b);
        expect(
          planFiling([value({ status: now, value: a })], [current({ status: before, value: b })], message).stale,
        ).toHaveLength(1);
      }),
    );
  });

  it("plans a repeat of what it just planned as no change", () => {
    const arbitrary = fc.record({
      code: fc.constantFrom("A", "B", "C"),
      value: fc.option(fc.string()),
      status: fc.constantFrom("F", "P", "C"),
      notes: fc.array(fc.string(), { maxLength: 2 }),
    });
    fc.assert(
      fc.property(fc.uniqueArray(arbitrary, { selector: ({ code }) => code }), (changes) => {
        const incoming = changes.map((change) => value(change));
        const filed = incoming.map((each, index) => current({ ...each, id: String(index) }));
        expect(planFiling(incoming, filed, message).steps.every(({ effect }) => effect === "same")).toBe(true);
      }),
    );
  });

  it("does not mix up keys that look alike when joined", () => {
    expect(keyOf({ code: "a", subId: "b,c", panelCode: null })).not.toBe(
      keyOf({ code: "a,b", subId: "c", panelCode: null }),
    );
  });
});

describe("counting values", () => {
  it("leaves out withdrawn, deleted and order-detail values", () => {
    expect(
      countValues([
        { status: "F", abnormalFlag: "HH" },
        { status: "P", abnormalFlag: "L" },
        { status: "W", abnormalFlag: "HH" },
        { status: "O", abnormalFlag: null },
      ]),
    ).toEqual({ observations: 2, abnormal: 2, critical: 1, pending: 1 });
  });
});

describe("instants", () => {
  it("take a zone that is sent and the facility's where none is, on both sides of a clock change", () => {
    expect(instantOf("20261102091500-0500", "Europe/Berlin")?.toISOString()).toBe("2026-11-02T14:15:00.000Z");
    expect(instantOf("20261102091500", "America/New_York")?.toISOString()).toBe("2026-11-02T14:15:00.000Z");
    expect(instantOf("202607020915", "America/New_York")?.toISOString()).toBe("2026-07-02T13:15:00.000Z");
    expect(instantOf("20261101003000", "America/New_York")?.toISOString()).toBe("2026-11-01T04:30:00.000Z");
    expect(instantOf("20261101033000", "America/New_York")?.toISOString()).toBe("2026-11-01T08:30:00.000Z");
  });

  it("are not invented from a day, a year, an hour or garbage", () => {
    for (const text of ["20261102", "2026", "2026110209", "", "yesterday", "20261302091500"])
      expect(instantOf(text, "UTC"), text).toBeNull();
  });
});

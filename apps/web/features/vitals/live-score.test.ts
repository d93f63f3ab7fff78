import { expect, it } from "vitest";
import { liveScore } from "./live-score.ts";
import { emptyDraft } from "./vitals-draft.ts";

const adult = { dateOfBirth: "1980-01-01", today: "2026-11-22", isChild: false, spo2Scale: 1 } as const;

it("builds up as values are typed: what is missing counts nothing and is counted", () => {
  expect(liveScore(emptyDraft, adult)).toBeNull();
  expect(liveScore({ ...emptyDraft, pulse: "125" }, adult)).toMatchObject({ score: 2, open: 4 });
  expect(liveScore({ ...emptyDraft, pulse: "125", respiratoryRate: "26", onOxygen: true }, adult)).toMatchObject({
    score: 7,
    risk: "high",
    open: 3,
  });
});

it("says nothing of a child before everything is typed", () => {
  const child = { ...adult, dateOfBirth: "2023-01-01", isChild: true };
  const draft = { ...emptyDraft, pulse: "160", respiratoryRate: "30", spo2: "98", temperature: "37" };
  expect(liveScore(draft, child)).toBeNull();
  expect(liveScore({ ...draft, bloodPressureSystolic: "100" }, child)).toMatchObject({
    kind: "PEWS",
    score: 2,
    open: 0,
  });
});

import { describe, expect, it } from "vitest";
import { type PewsInput, pewsOf } from "./pews.ts";
import { ageInMonths, earlyWarningOf } from "./warn.ts";

/** A well child of each age band: scores 0. */
const bands = [
  { ageMonths: 0, pulse: 130, bloodPressureSystolic: 70, respiratoryRate: 40 },
  { ageMonths: 3, pulse: 120, bloodPressureSystolic: 90, respiratoryRate: 30 },
  { ageMonths: 12, pulse: 100, bloodPressureSystolic: 100, respiratoryRate: 25 },
  { ageMonths: 48, pulse: 90, bloodPressureSystolic: 100, respiratoryRate: 25 },
  { ageMonths: 144, pulse: 80, bloodPressureSystolic: 110, respiratoryRate: 14 },
] as const;
const rest = {
  spo2: 98,
  onOxygen: false,
  oxygenFlow: null,
  capillaryRefillSeconds: 2,
  respiratoryEffort: "normal",
} as const satisfies Partial<PewsInput>;

/** Of each band: for 4, 2, 1 and 0 points the lowest high value, then for 0, 1, 2 and 4 the highest low one (table 1). */
const pulse = [
  [190, 180, 150, 149, 111, 110, 90, 80],
  [180, 170, 150, 149, 101, 100, 80, 70],
  [170, 150, 120, 119, 91, 90, 70, 60],
  [150, 130, 110, 109, 71, 70, 60, 50],
  [140, 120, 100, 99, 61, 60, 50, 40],
];
const systolic = [
  [130, 100, 80, 79, 61, 60, 50, 45],
  [150, 120, 100, 99, 81, 80, 70, 60],
  [160, 125, 110, 109, 91, 90, 75, 65],
  [170, 140, 120, 119, 91, 90, 80, 70],
  [190, 150, 130, 129, 101, 100, 85, 75],
];
const rate = [
  [91, 81, 61, 60, 30, 29, 19, 15],
  [81, 71, 51, 50, 25, 24, 19, 15],
  [71, 61, 41, 40, 20, 19, 15, 12],
  [51, 41, 31, 30, 20, 19, 14, 10],
  [30, 23, 17, 16, 12, 11, 10, 9],
];
const points = [4, 2, 1, 0, 0, 1, 2, 4];

describe("Bedside PEWS, table 1 of Parshuram 2009", () => {
  for (const [index, band] of bands.entries()) {
    for (const [field, table] of [
      ["pulse", pulse],
      ["bloodPressureSystolic", systolic],
      ["respiratoryRate", rate],
    ] as const) {
      it(`scores ${field} from ${band.ageMonths} months at the edge of every cell`, () => {
        const given = (table[index] ?? []).map((value) => pewsOf({ ...band, ...rest, [field]: value }).score);
        expect(given).toEqual(points);
      });
    }
  }

  it.each([
    [{ spo2: 95 }, 0],
    [{ spo2: 94 }, 1],
    [{ spo2: 91 }, 1],
    [{ spo2: 90 }, 2],
    [{ onOxygen: true, oxygenFlow: 3.9 }, 2],
    [{ onOxygen: true, oxygenFlow: 4 }, 4],
    [{ capillaryRefillSeconds: 2.9 }, 0],
    [{ capillaryRefillSeconds: 3 }, 4],
    [{ respiratoryEffort: "mild" }, 1],
    [{ respiratoryEffort: "moderate" }, 2],
    [{ respiratoryEffort: "severe" }, 4],
  ] as const)("scores %o with %i", (changes, score) => {
    expect(pewsOf({ ...bands[2], ...rest, ...changes }).score).toBe(score);
  });

  it("never exceeds 26, and says high from 8, medium from 5", () => {
    const worst = {
      pulse: 200,
      bloodPressureSystolic: 200,
      respiratoryRate: 100,
      spo2: 80,
      onOxygen: true,
      oxygenFlow: 10,
    } as const;
    expect(
      pewsOf({ ...bands[2], ...rest, ...worst, capillaryRefillSeconds: 5, respiratoryEffort: "severe" }),
    ).toMatchObject({
      score: 26,
      risk: "high",
    });
    expect(pewsOf({ ...bands[2], ...rest, pulse: 180, respiratoryEffort: "severe" }).risk).toBe("high");
    expect(pewsOf({ ...bands[2], ...rest, pulse: 180, respiratoryEffort: "mild" }).risk).toBe("medium");
  });

  it("names what was not assessed instead of counting it as normal", () => {
    const { score, missing } = pewsOf({
      ...bands[2],
      ...rest,
      capillaryRefillSeconds: null,
      respiratoryEffort: null,
      onOxygen: true,
    });
    expect([score, missing]).toEqual([2, ["capillary refill", "respiratory effort", "oxygen flow"]]);
  });
});

describe("which score", () => {
  it("is PEWS to the day before the sixteenth birthday and NEWS2 from it", () => {
    const input = { ...bands[4], ...rest, spo2Scale: 1, consciousness: "alert", temperature: 37 } as const;
    const kind = (today: string) => earlyWarningOf(input, { dateOfBirth: "2010-11-22", today }).kind;
    expect([kind("2026-11-21"), kind("2026-11-22")]).toEqual(["PEWS", "NEWS2"]);
  });

  it("counts completed months", () => {
    expect(ageInMonths("2026-08-31", "2026-11-30")).toBe(2);
    expect(ageInMonths("2026-08-30", "2026-11-30")).toBe(3);
  });
});

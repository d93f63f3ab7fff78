import { describe, expect, it } from "vitest";
import { type News2Input, news2Of } from "./news2.ts";

/** Scores 0 in every parameter. */
const well: News2Input = {
  respiratoryRate: 16,
  spo2: 97,
  spo2Scale: 1,
  onOxygen: false,
  bloodPressureSystolic: 120,
  pulse: 70,
  consciousness: "alert",
  temperature: 37,
};

/** Each cell of chart 1 at its first and its last value: [value, points]. */
const cells = {
  respiratoryRate: [
    [0, 3],
    [8, 3],
    [9, 1],
    [11, 1],
    [12, 0],
    [20, 0],
    [21, 2],
    [24, 2],
    [25, 3],
    [60, 3],
  ],
  spo2: [
    [70, 3],
    [91, 3],
    [92, 2],
    [93, 2],
    [94, 1],
    [95, 1],
    [96, 0],
    [100, 0],
  ],
  bloodPressureSystolic: [
    [50, 3],
    [90, 3],
    [91, 2],
    [100, 2],
    [101, 1],
    [110, 1],
    [111, 0],
    [219, 0],
    [220, 3],
    [300, 3],
  ],
  pulse: [
    [20, 3],
    [40, 3],
    [41, 1],
    [50, 1],
    [51, 0],
    [90, 0],
    [91, 1],
    [110, 1],
    [111, 2],
    [130, 2],
    [131, 3],
    [220, 3],
  ],
  temperature: [
    [32, 3],
    [35, 3],
    [35.1, 1],
    [36, 1],
    [36.1, 0],
    [38, 0],
    [38.1, 1],
    [39, 1],
    [39.1, 2],
    [41, 2],
  ],
} as const satisfies Partial<Record<keyof News2Input, readonly (readonly [number, number])[]>>;

describe("NEWS2, chart 1 of the Royal College of Physicians", () => {
  for (const [parameter, values] of Object.entries(cells) as [
    keyof typeof cells,
    readonly (readonly [number, number])[],
  ][]) {
    it.each(values.map(([value, points]) => ({ value, points })))(
      `gives ${parameter} $value $points points`,
      ({ value, points }) => {
        const { points: each, score } = news2Of({ ...well, [parameter]: value });
        expect([each[parameter], score]).toEqual([points, points]);
      },
    );
  }

  it.each([
    [83, 3],
    [84, 2],
    [85, 2],
    [86, 1],
    [87, 1],
    [88, 0],
    [92, 0],
    [93, 0],
    [95, 0],
    [97, 0],
    [100, 0],
  ])("gives SpO₂ %i on air %i points on scale 2", (spo2, points) => {
    expect(news2Of({ ...well, spo2Scale: 2, spo2 }).points.spo2).toBe(points);
  });

  it.each([
    [83, 3],
    [84, 2],
    [85, 2],
    [86, 1],
    [87, 1],
    [88, 0],
    [92, 0],
    [93, 1],
    [94, 1],
    [95, 2],
    [96, 2],
    [97, 3],
    [100, 3],
  ])("gives SpO₂ %i on oxygen %i points on scale 2, and 2 for the oxygen", (spo2, points) => {
    const { points: each, score } = news2Of({ ...well, spo2Scale: 2, onOxygen: true, spo2 });
    expect([each.spo2, each.oxygen, score]).toEqual([points, 2, points + 2]);
  });

  it.each(["confusion", "voice", "pain", "unresponsive"] as const)("gives %s 3 points", (consciousness) => {
    expect(news2Of({ ...well, consciousness })).toMatchObject({ score: 3, risk: "low-medium" });
  });
});

describe("NEWS2, chart 2: the risk", () => {
  it.each([
    ["0", {}, 0, "low"],
    ["1 to 4 without a 3", { onOxygen: true, pulse: 111 }, 4, "low"],
    ["a single 3", { pulse: 131 }, 3, "low-medium"],
    ["a 3 in a sum of 4", { pulse: 131, temperature: 38.5 }, 4, "low-medium"],
    ["5", { onOxygen: true, pulse: 131 }, 5, "medium"],
    ["6", { onOxygen: true, pulse: 111, spo2: 93 }, 6, "medium"],
    ["7", { onOxygen: true, pulse: 131, spo2: 93 }, 7, "high"],
    [
      "everything at its worst",
      {
        onOxygen: true,
        pulse: 140,
        spo2: 85,
        respiratoryRate: 30,
        bloodPressureSystolic: 80,
        temperature: 34,
        consciousness: "pain",
      },
      20,
      "high",
    ],
  ] as const)("of %s", (_, changes, score, risk) => {
    expect(news2Of({ ...well, ...changes })).toMatchObject({ score, risk });
  });
});

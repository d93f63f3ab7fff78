import type { DemoOrder } from "./order.ts";
import { story } from "./patient.ts";
import type { ValueOptions } from "./result.ts";

/** An order before what happened to it is worked out. */
export type OrderDraft = Pick<DemoOrder, "patient" | "testCode" | "priority" | "notes" | "status" | "orderedAt"> & {
  sample?: string;
  values: ValueOptions;
  isPreliminary?: boolean;
  isCorrected?: boolean;
  comment?: string;
  /** Sent with the first value. */
  note?: string;
};

/** So many minutes, in milliseconds. */
export const minutes = (count: number) => count * 60_000;

type Followed = { daysAgo: number; fixed: Record<string, number>; comment?: string };

/** The people with a story: values followed over the month, the last of each new and waiting for the doctor. */
export function storyDrafts(now: Date): OrderDraft[] {
  const hoursAgo = (hours: number) => new Date(now.getTime() - minutes(Math.round(hours * 60)));
  const series = (patient: number, testCode: string, points: readonly Followed[]): OrderDraft[] =>
    points.map(({ daysAgo, fixed, comment }, index) => ({
      patient,
      testCode,
      priority: "ROUTINE",
      notes: null,
      orderedAt: hoursAgo(daysAgo * 24 + 3 + index / 4),
      status: "REVIEWED",
      values: { fixed },
      ...(comment ? { comment } : {}),
    }));
  const unseen = (
    patient: number,
    testCode: string,
    hours: number,
    fixed: Record<string, number | string>,
  ): OrderDraft => ({
    patient,
    testCode,
    priority: "STAT",
    notes: null,
    orderedAt: hoursAgo(hours),
    status: "COMPLETED",
    values: { fixed },
  });
  const kidney = (daysAgo: number, creatinine: number, potassium: number, comment?: string): Followed => ({
    daysAgo,
    fixed: { "2160-0": creatinine, "2823-3": potassium, "3094-0": Math.round(creatinine * 17), "2028-9": 20 },
    ...(comment ? { comment } : {}),
  });
  return [
    ...series(story.kidney, "24321-2", [
      kidney(28, 1.88, 4.6),
      kidney(23, 1.95, 4.8),
      kidney(18, 2.1, 5.0, "Creatinine creeping up. Stop ibuprofen, recheck in five days."),
      kidney(13, 2.24, 5.2),
      kidney(8, 2.41, 5.4, "Low-potassium diet discussed. Halve spironolactone."),
      kidney(3, 2.6, 5.8, "Repeat within 72 hours."),
    ]),
    {
      ...unseen(story.kidney, "24321-2", 2.2, { "2160-0": 2.84, "2823-3": 6.4, "3094-0": 51, "2028-9": 18 }),
      notes: "Weakness since yesterday",
      note: "Critical potassium telephoned to the ward and read back.",
    },
    ...series(story.diabetes, "2345-7", [
      { daysAgo: 29, fixed: { "2345-7": 246 } },
      { daysAgo: 22, fixed: { "2345-7": 213 }, comment: "Better on 1 g metformin twice daily." },
      { daysAgo: 15, fixed: { "2345-7": 178 } },
      { daysAgo: 9, fixed: { "2345-7": 161 } },
      { daysAgo: 4, fixed: { "2345-7": 139 }, comment: "On track." },
    ]),
    ...series(story.diabetes, "4548-4", [
      { daysAgo: 29, fixed: { "4548-4": 9.1 }, comment: "Start metformin, diabetes education." },
    ]),
    ...series(story.anemia, "58410-2", [
      {
        daysAgo: 27,
        fixed: { "718-7": 7.6, "787-2": 71.5, "788-0": 18.9, "777-3": 462 },
        comment: "Iron deficiency likely. Ferritin, oral iron.",
      },
      { daysAgo: 20, fixed: { "718-7": 8.4, "787-2": 73.8, "788-0": 19.6, "777-3": 431 } },
      {
        daysAgo: 12,
        fixed: { "718-7": 9.5, "787-2": 77.2, "788-0": 20.1, "777-3": 390 },
        comment: "Responding to iron.",
      },
      { daysAgo: 5, fixed: { "718-7": 10.6, "787-2": 80.4, "788-0": 19.2, "777-3": 352 } },
    ]),
    ...series(story.anemia, "2276-4", [{ daysAgo: 26, fixed: { "2276-4": 5 } }]),
    ...series(story.warfarin, "34528-0", [
      { daysAgo: 26, fixed: { "6301-6": 1.6 } },
      { daysAgo: 21, fixed: { "6301-6": 2.2 } },
      { daysAgo: 14, fixed: { "6301-6": 2.6 }, comment: "In range, same dose." },
      { daysAgo: 7, fixed: { "6301-6": 3.4 } },
    ]),
    {
      ...unseen(story.warfarin, "34528-0", 5.5, { "6301-6": 5.8 }),
      note: "Critical INR telephoned to the clinic and read back.",
    },
    unseen(story.sepsis, "2524-7", 3.1, { "2524-7": 4.7 }),
    unseen(story.sepsis, "58410-2", 3.4, { "6690-2": 23.8, "718-7": 13.1, "777-3": 118 }),
    {
      ...unseen(story.sepsis, "600-7", 20, { "600-7": "Gram-positive cocci in clusters, 1 of 2 bottles" }),
      status: "IN_PROGRESS",
      isPreliminary: true,
      note: "Preliminary; identification follows.",
    },
    ...series(story.heart, "33762-6", [
      { daysAgo: 16, fixed: { "33762-6": 1840 }, comment: "Furosemide increased." },
      { daysAgo: 6, fixed: { "33762-6": 960 } },
    ]),
    {
      ...unseen(story.heart, "89579-7", 7, { "89579-7": 18 }),
      status: "REVIEWED",
      comment: "First of the series. Repeat at three hours.",
    },
    unseen(story.heart, "89579-7", 3.6, { "89579-7": 146 }),
  ];
}

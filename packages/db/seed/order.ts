import { minutes, type OrderDraft, storyDrafts } from "./order-story.ts";
import { openingPatients } from "./patient.ts";
import { type Random, randomFrom } from "./random.ts";
import { type DemoValue, demoValues } from "./result.ts";
import type { DemoFacilityCode } from "./tenant.ts";

export type DemoOrder = {
  /** Set for those the sample messages are about. */
  sample: string | null;
  /** Index in the list of patients. */
  patient: number;
  facility: DemoFacilityCode;
  testCode: string;
  priority: "STAT" | "URGENT" | "ROUTINE";
  notes: string | null;
  status: "ORDERED" | "IN_PROGRESS" | "COMPLETED" | "REVIEWED" | "CANCELLED";
  orderedAt: Date;
  startedAt: Date | null;
  /** Messages in the order they came: preliminary before final, corrections last. */
  filings: { at: Date; values: DemoValue[] }[];
  review: { at: Date; comment: string | null } | null;
  cancel: { at: Date; reason: string } | null;
};

const days = 30;
const perDay = 11;

/** A month of orders up to `now`, oldest first, the same for the same day: every state, some followed over weeks. */
export function demoOrders(now: Date, patientCount: number): DemoOrder[] {
  const random = randomFrom(2_026);
  const drafts: OrderDraft[] = [...storyDrafts(now)];
  for (let day = days; day >= 1; day--) {
    for (let i = 0; i < perDay; i++) drafts.push(pastDraft(random, now, day));
  }
  drafts.push(...openDrafts(random, now, patientCount), ...sampleDrafts(now));
  return drafts
    .map((draft) => finish(random, now, draft))
    .sort((a, b) => a.orderedAt.getTime() - b.orderedAt.getTime());
}

const tests: readonly (readonly [code: string, weight: number])[] = [
  ["58410-2", 22],
  ["24323-8", 16],
  ["24321-2", 16],
  ["24331-1", 8],
  ["34528-0", 6],
  ["3016-3", 6],
  ["4548-4", 5],
  ["24356-8", 8],
  ["1988-5", 5],
  ["24325-3", 4],
  ["2276-4", 3],
  ["2132-9", 2],
  ["89579-7", 3],
  ["33762-6", 2],
  ["48065-7", 2],
  ["3040-3", 2],
  ["2857-1", 2],
  ["630-4", 3],
  ["94500-6", 3],
  ["16128-1", 1],
  ["19123-9", 2],
];

function drawTest(random: Random): string {
  let left = random.next() * tests.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [code, weight] of tests) {
    left -= weight;
    if (left < 0) return code;
  }
  return "58410-2";
}

/** Not the first six: theirs is told in the stories. */
const drawPatient = (random: Random, count: number) => random.int(6, count - 1);
const drawPriority = (random: Random) => (random.chance(0.08) ? "STAT" : random.chance(0.18) ? "URGENT" : "ROUTINE");
const orderNotes = [
  "Fasting",
  "Please call with result",
  "Pre-operative",
  "Follow-up in clinic Thursday",
  "On anticoagulants",
  "Difficult draw",
];

function pastDraft(random: Random, now: Date, day: number): OrderDraft {
  const midnight = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() - day);
  const isUnseen = day === 1 && random.chance(0.7);
  const isCancelled = random.chance(0.06);
  return {
    patient: drawPatient(random, openingPatients),
    testCode: drawTest(random),
    priority: drawPriority(random),
    notes: random.chance(0.2) ? random.pick(orderNotes) : null,
    // 7 in the morning to 5 in the afternoon on the East coast.
    orderedAt: new Date(midnight + minutes(random.int(12 * 60, 22 * 60))),
    status: isCancelled ? "CANCELLED" : isUnseen ? "COMPLETED" : "REVIEWED",
    values: { shift: random.chance(0.4) ? 3.2 : 0 },
    isCorrected: day % 9 === 0 && random.chance(0.2),
  };
}

/** What is on the worklist and in the inbox now. */
function openDrafts(random: Random, now: Date, patientCount: number): OrderDraft[] {
  const draft = (status: DemoOrder["status"], minutesAgo: number, priority: DemoOrder["priority"]): OrderDraft => ({
    patient: drawPatient(random, patientCount),
    testCode: drawTest(random),
    priority,
    notes: random.chance(0.3) ? random.pick(orderNotes) : null,
    orderedAt: new Date(now.getTime() - minutes(minutesAgo)),
    status,
    values: { shift: random.chance(0.5) ? 3.2 : 0 },
  });
  const ordered = Array.from({ length: 18 }, (_, i) =>
    draft("ORDERED", 6 + i * 17, i % 6 === 0 ? "STAT" : i % 4 === 1 ? "URGENT" : "ROUTINE"),
  );
  const started = Array.from({ length: 12 }, (_, i) => ({
    ...draft("IN_PROGRESS", 45 + i * 23, i % 5 === 0 ? "STAT" : i % 3 === 1 ? "URGENT" : "ROUTINE"),
    isPreliminary: i % 2 === 0,
  }));
  const completed = Array.from({ length: 10 }, (_, i) =>
    draft("COMPLETED", 180 + i * 29, i % 5 === 0 ? "STAT" : "ROUTINE"),
  );
  return [...ordered, ...started, ...completed];
}

/** Orders that wait for the sample messages. */
function sampleDrafts(now: Date): OrderDraft[] {
  const at = (minutesAgo: number) => new Date(now.getTime() - minutes(minutesAgo));
  const open = { status: "ORDERED", notes: null, values: {} } as const;
  return [
    { ...open, sample: "cbc", patient: 20, testCode: "58410-2", priority: "ROUTINE", orderedAt: at(95) },
    {
      ...open,
      sample: "cmp",
      patient: 0,
      testCode: "24323-8",
      priority: "STAT",
      orderedAt: at(40),
      notes: "On spironolactone; repeat potassium",
    },
    { ...open, sample: "multi", patient: 21, testCode: "24323-8", priority: "URGENT", orderedAt: at(80) },
    { ...open, sample: "wrong-patient", patient: 22, testCode: "24321-2", priority: "ROUTINE", orderedAt: at(70) },
    { ...open, sample: "faulty", patient: 23, testCode: "24321-2", priority: "ROUTINE", orderedAt: at(65) },
    { ...open, sample: "batch-1", patient: 24, testCode: "3016-3", priority: "ROUTINE", orderedAt: at(60) },
    { ...open, sample: "batch-2", patient: 25, testCode: "4548-4", priority: "ROUTINE", orderedAt: at(58) },
    {
      ...open,
      sample: "correction",
      status: "REVIEWED",
      patient: 26,
      testCode: "2823-3",
      priority: "ROUTINE",
      orderedAt: at(26 * 60),
      values: { fixed: { "2823-3": 5.9 } },
    },
  ];
}

const comments = {
  normal: ["Normal. No action.", "Seen, within limits.", null, null, "Reassure patient."],
  abnormal: [
    "Mildly abnormal, repeat in two weeks.",
    "Known; continue present treatment.",
    "Discussed with patient by phone.",
    "Dose adjusted, recheck Monday.",
    "Refer to specialist clinic.",
  ],
} as const;
const reasons = [
  "Duplicate order",
  "Specimen hemolyzed, reordered",
  "Patient discharged before the draw",
  "Ordered for the wrong day",
];
const turnaroundMinutes = { STAT: [25, 55], URGENT: [60, 150], ROUTINE: [120, 300] } as const;

/** Adds what happened to an order after it was placed. Nothing of it lies in the future. */
function finish(random: Random, now: Date, draft: OrderDraft): DemoOrder {
  const { orderedAt, status } = draft;
  const latest = now.getTime() - minutes(1);
  const after = (from: Date, wait: number) => new Date(Math.min(from.getTime() + minutes(wait), latest));
  const [least, most] = turnaroundMinutes[draft.priority];
  const turnaround = random.int(least, most);
  const startedAt = after(orderedAt, Math.round(turnaround * 0.35));
  const order: DemoOrder = {
    sample: draft.sample ?? null,
    patient: draft.patient,
    facility: draft.patient % 4 === 3 ? "RIVER" : "MAIN",
    testCode: draft.testCode,
    priority: draft.priority,
    notes: draft.notes,
    status,
    orderedAt,
    startedAt: null,
    filings: [],
    review: null,
    cancel: null,
  };
  if (status === "ORDERED") return order;
  if (status === "CANCELLED") return { ...order, cancel: { at: startedAt, reason: random.pick(reasons) } };
  const values = demoValues(random, draft.testCode, {
    ...draft.values,
    ...(draft.isPreliminary ? { status: "P" } : {}),
  });
  // A remark is about what is critical, where something is.
  const remarked = values.find(({ flag }) => flag === "HH" || flag === "LL") ?? values[0];
  if (draft.note && remarked) remarked.notes.push(draft.note);
  const filings = [{ at: after(orderedAt, turnaround), values }];
  if (status === "IN_PROGRESS") return { ...order, startedAt, filings: draft.isPreliminary ? filings : [] };
  if (draft.isCorrected) filings.push({ at: after(orderedAt, turnaround + 40), values: corrected(values) });
  const last = filings.at(-1)?.at ?? orderedAt;
  const isAbnormal = values.some(({ flag }) => flag !== "N");
  const comment = draft.comment ?? random.pick(comments[isAbnormal ? "abnormal" : "normal"]);
  return {
    ...order,
    startedAt,
    filings,
    review: status === "REVIEWED" ? { at: after(last, random.int(15, 420)), comment } : null,
  };
}

/** The first value anew, as the laboratory corrects it after a rerun; the others stand. */
function corrected([first, ...others]: DemoValue[]): DemoValue[] {
  if (!first) return [];
  const value =
    first.valueType === "NM"
      ? (Number(first.value) * 0.9).toFixed(first.value.split(".")[1]?.length ?? 0)
      : first.value;
  return [{ ...first, value, status: "C", notes: ["Corrected after rerun of the specimen."] }, ...others];
}

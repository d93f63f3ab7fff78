import { z } from "zod";

/** The processes an installation is made of, each in any number. */
export const processNames = ["api", "worker", "mllp"] as const;
export type ProcessName = (typeof processNames)[number];

/** How well a part is: `attention` can wait for the morning, `bad` cannot. */
export const partStates = ["ok", "attention", "bad"] as const;
export type PartState = (typeof partStates)[number];

/** A part of the installation that was looked at: what was found, and what to do where something is to be done. */
export const partStatus = z.object({
  code: z.string(),
  name: z.string(),
  state: z.enum(partStates),
  says: z.string(),
  advice: z.string().nullable(),
});
export type PartStatus = z.infer<typeof partStatus>;

/** Hours back that the load is drawn over. */
export const loadHours = { "1": "Last hour", "6": "Last 6 hours", "24": "Last day", "168": "Last week" } as const;
export const loadPeriod = z.strictObject({
  hours: z.enum(Object.keys(loadHours) as [keyof typeof loadHours, ...(keyof typeof loadHours)[]]).default("6"),
});
export type LoadHours = keyof typeof loadHours;

/** One kind of process over a stretch of time: sums of its instances, the slowest of their times. */
export const loadPoint = z.object({
  at: z.string(),
  process: z.enum(processNames),
  /** A minute, on the average of the stretch. */
  callsPerMinute: z.number(),
  failures: z.number(),
  p95Ms: z.number().nullable(),
  cpuPercent: z.number(),
  memoryMib: z.number(),
});
export type LoadPoint = z.infer<typeof loadPoint>;

/** A process that told of itself lately. */
export const runningProcess = z.object({
  instance: z.string(),
  process: z.enum(processNames),
  version: z.string(),
  startedAt: z.string(),
  seenAt: z.string(),
  callsPerMinute: z.number(),
  p95Ms: z.number().nullable(),
  cpuPercent: z.number(),
  memoryMib: z.number(),
  loopDelayMs: z.number(),
});
export type RunningProcess = z.infer<typeof runningProcess>;

export const systemStatus = z.object({
  state: z.enum(partStates),
  at: z.string(),
  parts: z.array(partStatus),
  processes: z.array(runningProcess),
});
export type SystemStatus = z.infer<typeof systemStatus>;

/** `failed` will not be tried again by itself; `retrying` failed before and will. */
export const jobStates = ["waiting", "running", "retrying", "failed"] as const;
export type JobState = (typeof jobStates)[number];

export const job = z.object({
  id: z.string(),
  task: z.string(),
  state: z.enum(jobStates),
  attempts: z.number(),
  attemptsMax: z.number(),
  createdAt: z.string(),
  runAt: z.string(),
  /** Why it failed last, without values of anybody. */
  error: z.string().nullable(),
});
export type Job = z.infer<typeof job>;

export const jobOverview = z.object({
  counts: z.record(z.enum(jobStates), z.number()),
  /** How long the job has waited that waits longest past its time. */
  oldestWaitSeconds: z.number(),
  items: z.array(job),
});
export type JobOverview = z.infer<typeof jobOverview>;

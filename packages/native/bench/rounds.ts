// Measures the same work done by several implementations side by side: rounds are interleaved, so that what slows the
// machine slows all of them, and the ratio is taken within each round.
import { cpus } from "node:os";

/** One way of doing the work. `run` does it `count` times; it may return a promise. */
export interface Candidate {
  readonly name: string;
  readonly run: (count: number) => unknown;
}

/** One piece of work, ours first. `per` says how many operations one count stands for (100 for a batch of 100). */
export interface Work {
  readonly title: string;
  readonly candidates: readonly [Candidate, ...Candidate[]];
  readonly per?: number;
  /** How many times faster than the best of the others we must be. */
  readonly mustReach?: number;
}

export interface Result {
  readonly title: string;
  readonly name: string;
  /** Nanoseconds of processor time an operation: median of the rounds. */
  readonly nsPerOp: number;
  /** Its time over ours, round by round: lowest, median, highest. */
  readonly ratio: readonly [number, number, number];
}

const ROUNDS = 31;
const SLICE_MS = 15;

/** Runs all rounds of one piece of work, prints its table and returns the numbers. */
export async function measure(work: Work): Promise<Result[]> {
  const counts = [];
  for (const candidate of work.candidates) counts.push(await calibrate(candidate));
  const times = work.candidates.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, candidate] of work.candidates.entries()) {
      const count = counts[i] ?? 1;
      times[i]?.push((await timed(candidate, count)) / count / (work.per ?? 1));
    }
  }
  const ours = times[0] ?? [];
  const results = work.candidates.map(({ name }, i) => {
    const own = times[i] ?? [];
    const ratios = own.map((time, round) => time / (ours[round] ?? Number.NaN)).sort((a, b) => a - b);
    return {
      title: work.title,
      name,
      nsPerOp: median(own),
      ratio: [ratios[0] ?? 0, median(ratios), ratios.at(-1) ?? 0] as const,
    };
  });
  print(work, results);
  return results;
}

/** Says on what the numbers were taken. */
export function machine(): Record<string, string | number> {
  const [cpu] = cpus();
  return {
    node: process.versions.node,
    openssl: process.versions.openssl ?? "",
    cpu: cpu?.model ?? "",
    cores: cpus().length,
  };
}

function print(work: Work, results: readonly Result[]): void {
  const lines = results.map(({ name, nsPerOp, ratio: [low, mid, high] }) => {
    const factor =
      name === results[0]?.name ? "" : `${mid.toFixed(1)} x ours (${low.toFixed(1)} to ${high.toFixed(1)})`;
    return `  ${name.padEnd(28)} ${nsPerOp.toFixed(0).padStart(9)} ns   ${factor}`;
  });
  const best = Math.min(...results.slice(1).map(({ ratio }) => ratio[1]));
  const goal =
    work.mustReach === undefined
      ? ""
      : `  ${best >= work.mustReach ? "reached" : "MISSED"}: ${best.toFixed(1)} of ${work.mustReach} x`;
  process.stdout.write(`${work.title}\n${lines.join("\n")}\n${goal}\n`);
}

/** How often to run for about SLICE_MS; warms the code up on the way. */
async function calibrate(candidate: Candidate): Promise<number> {
  let count = 1;
  for (;;) {
    const ns = await timed(candidate, count);
    if (count >= 2 ** 30) return count;
    if (ns > (SLICE_MS * 1e6) / 2) return Math.max(1, Math.round((count * SLICE_MS * 1e6) / ns));
    count *= 4;
  }
}

/** Nanoseconds of processor time, of all threads of this process: on a busy machine the clock on the wall measures others. */
async function timed(candidate: Candidate, count: number): Promise<number> {
  const start = process.cpuUsage();
  const pending = candidate.run(count);
  if (pending instanceof Promise) await pending;
  const { user, system } = process.cpuUsage(start);
  return (user + system) * 1_000;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

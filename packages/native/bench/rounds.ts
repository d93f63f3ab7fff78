// Measures the same work done by several implementations side by side: rounds are interleaved, so that what slows the
// machine slows all of them, and the ratio is taken within each round.
import { cpus, loadavg } from "node:os";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { peerVersions } from "./peers.ts";

/** One way of doing the work. */
export interface Candidate {
  readonly name: string;
  /** Does it `count` times; may return a promise. */
  readonly run: (count: number) => unknown;
  /** For work in another process: does it `count` times and answers its own processor time in nanoseconds. */
  readonly time?: (count: number) => Promise<number>;
}

/** One piece of work, ours first. */
export interface Work {
  readonly title: string;
  readonly candidates: readonly [Candidate, ...Candidate[]];
  /** How many operations one count stands for (100 for a batch of 100). */
  readonly per?: number;
  /** How often all candidates are measured; 31 unless one run takes long by itself. */
  readonly rounds?: number;
  /** How many times faster we must be than the best of the others, or than those named. */
  readonly mustReach?: number | Readonly<Record<string, number>>;
  /** Nanoseconds an operation of ours may take. */
  readonly mustStayUnder?: number;
}

/** Lowest, median and highest of the rounds. */
type Spread = readonly [low: number, median: number, high: number];

export interface Result {
  readonly title: string;
  readonly name: string;
  /** Nanoseconds of processor time an operation. */
  readonly ns: Spread;
  /** Its time over ours, round by round. */
  readonly ratio: Spread;
}

setFlagsFromString("--expose-gc");
const collectGarbage: () => void = runInNewContext("gc");

const ROUNDS = 31;
const SLICE_MS = 15;
const WARM_UP_MS = 150;

/** Runs all rounds of one piece of work, prints its table and returns the numbers. */
export async function measure(work: Work): Promise<Result[]> {
  // What earlier work left behind is nobody's cost here. (Not before every slice: a heap that was just shrunk is slow at first.)
  collectGarbage();
  const counts = [];
  for (const candidate of work.candidates) counts.push(await calibrate(candidate));
  const times = work.candidates.map((): number[] => []);
  for (let round = 0; round < (work.rounds ?? ROUNDS); round++) {
    for (const [i, candidate] of work.candidates.entries()) {
      const count = counts[i] ?? 1;
      times[i]?.push((await timed(candidate, count)) / count / (work.per ?? 1));
    }
  }
  const ours = times[0] ?? [];
  const results = work.candidates.map(({ name }, i) => {
    const own = times[i] ?? [];
    const ratios = own.map((time, round) => time / (ours[round] ?? Number.NaN));
    return { title: work.title, name, ns: spread(own), ratio: spread(ratios) };
  });
  print(work, results);
  return results;
}

/** Prints everything measured as one line of JSON, with what it was measured on. */
export function report(results: readonly Result[]): void {
  const [cpu] = cpus();
  const machine = {
    node: process.versions.node,
    v8: process.versions.v8,
    openssl: process.versions.openssl,
    platform: `${process.platform} ${process.arch}`,
    cpu: cpu?.model,
    cores: cpus().length,
    load: loadavg()[0],
  };
  process.stdout.write(`${JSON.stringify({ machine, peers: peerVersions(), rounds: ROUNDS, results })}\n`);
}

function print(work: Work, results: readonly Result[]): void {
  const lines = results.map(({ name, ns: [low, mid, high], ratio }, i) => {
    const time = `${mid.toFixed(0).padStart(9)} ns (${low.toFixed(0)} to ${high.toFixed(0)})`;
    const [least, usual, most] = ratio.map((factor) => factor.toFixed(1));
    return `  ${name.padEnd(30)} ${time.padEnd(38)}${i === 0 ? "" : `${usual} x ours (${least} to ${most})`}`;
  });
  process.stdout.write(`${[work.title, ...lines, ...verdicts(work, results)].join("\n")}\n\n`);
}

function verdicts({ mustReach, mustStayUnder }: Work, [ours, ...others]: readonly Result[]): string[] {
  const best = Math.min(...others.map(({ ratio }) => ratio[1]));
  const goals = typeof mustReach === "number" ? [{ name: "the best", factor: best, goal: mustReach }] : [];
  for (const [name, goal] of typeof mustReach === "object" ? Object.entries(mustReach) : []) {
    goals.push({ name, factor: others.find((other) => other.name === name)?.ratio[1] ?? 0, goal });
  }
  const said = goals.map(
    ({ name, factor, goal }) => `  ${verdict(factor >= goal)}: ${factor.toFixed(1)} x ${name}, goal ${goal} x`,
  );
  if (mustStayUnder !== undefined && ours) {
    said.push(`  ${verdict(ours.ns[1] < mustStayUnder)}: ${ours.ns[1].toFixed(0)} ns, goal under ${mustStayUnder} ns`);
  }
  return said;
}

const verdict = (isReached: boolean) => (isReached ? "reached" : "MISSED");

/** How often to run for about SLICE_MS, found when the code is warm: the first runs are those of the interpreter. */
async function calibrate(candidate: Candidate): Promise<number> {
  let count = 1;
  let spent = 0;
  for (;;) {
    const ns = await timed(candidate, count);
    spent += ns;
    if (spent > WARM_UP_MS * 1e6) return Math.max(1, Math.round((count * SLICE_MS * 1e6) / ns));
    if (ns < SLICE_MS * 1e6) count *= 2;
  }
}

/** Nanoseconds of processor time, of all threads of this process: on a busy machine the clock on the wall measures others. */
async function timed(candidate: Candidate, count: number): Promise<number> {
  if (candidate.time) return candidate.time(count);
  const start = process.cpuUsage();
  const pending = candidate.run(count);
  if (pending instanceof Promise) await pending;
  const { user, system } = process.cpuUsage(start);
  return (user + system) * 1_000;
}

function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return [sorted[0] ?? Number.NaN, sorted[sorted.length >> 1] ?? Number.NaN, sorted.at(-1) ?? Number.NaN];
}

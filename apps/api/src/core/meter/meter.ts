import { createHistogram, monitorEventLoopDelay } from "node:perf_hooks";
import { Counter, collectDefaultMetrics, Histogram, Registry } from "prom-client";

/** What a process did since it was asked last. Times in milliseconds, null where nothing was done. */
export type MinuteSample = {
  calls: number;
  failures: number;
  p50Ms: number | null;
  p95Ms: number | null;
  /** Of one core: 200 is two cores at work. */
  cpuPercent: number;
  memoryMib: number;
  /** The longest the event loop kept anybody waiting. */
  loopDelayMs: number;
};

const bucketsSeconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/**
 * Counts and times what a process does: procedures in the API, messages in the listener, jobs in the worker. For Prometheus in
 * `registry`, and in a sum of its own for the minute that the status page draws.
 */
export class Meter {
  readonly registry = new Registry();
  private readonly calls = new Histogram({
    name: "infirmary_call_duration_seconds",
    help: "Time of procedures, messages and jobs by name and outcome: ok, or the error's code",
    labelNames: ["call", "outcome"],
    buckets: bucketsSeconds,
    registers: [this.registry],
  });
  private readonly requests = new Counter({
    name: "infirmary_http_requests_total",
    help: "HTTP requests by method, route and status",
    labelNames: ["method", "route", "status"],
    registers: [this.registry],
  });
  /** In microseconds, which a histogram of whole numbers needs. */
  private readonly minute = createHistogram();
  private failures = 0;
  private cpu = process.cpuUsage();
  private takenMs = performance.now();
  private readonly loop = monitorEventLoopDelay({ resolution: 20 });

  constructor() {
    collectDefaultMetrics({ register: this.registry });
    this.loop.enable();
  }

  /** Counts one call. @param outcome `ok` or an error's code @param isFailure ours, not the caller's: 5xx */
  record(call: string, outcome: string, ms: number, isFailure: boolean): void {
    this.calls.observe({ call, outcome }, ms / 1000);
    this.minute.record(Math.max(1, Math.round(ms * 1000)));
    if (isFailure) this.failures++;
  }

  /** Times what throws only where we failed: a job, a message. */
  async measure<T>(call: string, fn: () => Promise<T>): Promise<T> {
    const startedMs = performance.now();
    try {
      const result = await fn();
      this.record(call, "ok", performance.now() - startedMs, false);
      return result;
    } catch (error) {
      this.record(call, "failed", performance.now() - startedMs, true);
      throw error;
    }
  }

  request(method: string, route: string, status: number): void {
    this.requests.inc({ method, route, status });
  }

  /** What was done since the last time, and begins anew. */
  takeMinute(): MinuteSample {
    const nowMs = performance.now();
    const { user, system } = process.cpuUsage(this.cpu);
    const ms = (percentile: number) =>
      this.minute.count === 0 ? null : Math.round(this.minute.percentile(percentile) / 10) / 100;
    const sample: MinuteSample = {
      calls: this.minute.count,
      failures: this.failures,
      p50Ms: ms(50),
      p95Ms: ms(95),
      cpuPercent: Math.round((user + system) / 10 / Math.max(1, nowMs - this.takenMs)),
      memoryMib: Math.round(process.memoryUsage.rss() / 1024 / 1024),
      loopDelayMs: this.loop.count === 0 ? 0 : Math.max(0, Math.round(this.loop.max / 1e6) - 20),
    };
    this.minute.reset();
    this.loop.reset();
    this.failures = 0;
    this.cpu = process.cpuUsage();
    this.takenMs = nowMs;
    return sample;
  }
}

import { Agent, request as httpRequest } from "node:http";
import { setTimeout } from "node:timers/promises";

export type Call = { method: "GET" | "POST"; path: string; headers?: Record<string, string>; body?: string | Buffer };
export type Measured = {
  /** Counted: those sent after the first second. */
  requests: number;
  /** All, the warm-up included. */
  answered: number;
  perSecond: number;
  p50Ms: number;
  p95Ms: number;
  p99Ms: number;
  failures: number;
};

/** How long each run lasts, and how long a client waits between an answer and its next request. */
export type Pace = { seconds: number; pauseMs: number };

/**
 * Clients that each send one request after the other. With no pause the server is saturated and latency is clients divided by
 * throughput; with one they are as people are. The first second warms up and is not counted.
 */
export async function load({
  port,
  clients,
  seconds,
  pauseMs,
  next,
}: {
  port: number;
  clients: number;
  next: (n: number) => Call;
} & Pace): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const latenciesMs: number[] = [];
  let failures = 0;
  let n = 0;
  const countFrom = performance.now() + 1000;
  const until = countFrom + seconds * 1000;
  const client = async () => {
    await setTimeout(Math.random() * pauseMs);
    while (performance.now() < until) {
      const started = performance.now();
      const status = await send(agent, port, next(n++));
      const tookMs = performance.now() - started;
      if (pauseMs > 0) await setTimeout(pauseMs * (0.5 + Math.random()));
      if (started < countFrom) continue;
      latenciesMs.push(tookMs);
      if (status >= 300) failures++;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  agent.destroy();
  latenciesMs.sort((a, b) => a - b);
  const at = (share: number) =>
    latenciesMs[Math.min(latenciesMs.length - 1, Math.floor(latenciesMs.length * share))] ?? Number.NaN;
  return {
    requests: latenciesMs.length,
    answered: n,
    perSecond: latenciesMs.length / seconds,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    failures,
  };
}

function send(agent: Agent, port: number, call: Call): Promise<number> {
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      {
        agent,
        host: "127.0.0.1",
        port,
        method: call.method,
        path: call.path,
        headers: {
          ...call.headers,
          ...(call.body === undefined ? {} : { "content-length": Buffer.byteLength(call.body) }),
        },
      },
      (response) => {
        response.resume();
        response.once("end", () => resolve(response.statusCode ?? 0));
      },
    );
    request.once("error", reject);
    request.end(call.body);
  });
}

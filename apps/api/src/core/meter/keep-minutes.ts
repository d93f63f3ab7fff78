import { randomUUID } from "node:crypto";
import type { ProcessName } from "@infirmary/shared/system";
import manifest from "../../../package.json" with { type: "json" };
import type { Platform } from "../platform.ts";
import type { MinuteSample } from "./meter.ts";

const minuteMs = 60_000;

/**
 * Writes at each full minute what this process did in it, so that the status page shows every process of the installation, whichever
 * answers. A minute that cannot be written is lost and harms nobody. @returns how to end it
 */
export function keepMinutes(platform: Platform, process: ProcessName): () => void {
  const self = { process, instance: randomUUID(), startedAt: new Date(), version: manifest.version };
  let timer: NodeJS.Timeout;
  const wait = () => {
    timer = setTimeout(tell, minuteMs - (Date.now() % minuteMs)).unref();
  };
  const tell = () => {
    storeMinute(platform, { ...self, minute: new Date(Date.now() - 1000), sample: platform.meter.takeMinute() }).catch(
      (error: unknown) => platform.log.warn({ err: error }, "minute not kept"),
    );
    wait();
  };
  wait();
  return () => clearTimeout(timer);
}

type Minute = {
  minute: Date;
  process: ProcessName;
  instance: string;
  startedAt: Date;
  version: string;
  sample: MinuteSample;
};

/** @param minute any time in it */
export async function storeMinute({ database }: Platform, { minute, sample, ...self }: Minute): Promise<void> {
  await database.pool.query(
    `INSERT INTO process_minute (minute, process, instance, started_at, version, calls, failures, p50_ms, p95_ms, cpu_percent, memory_mib, loop_delay_ms)
     VALUES (date_trunc('minute', $1::timestamptz), $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT DO NOTHING`,
    [
      minute,
      self.process,
      self.instance,
      self.startedAt,
      self.version,
      sample.calls,
      sample.failures,
      sample.p50Ms,
      sample.p95Ms,
      sample.cpuPercent,
      sample.memoryMib,
      sample.loopDelayMs,
    ],
  );
}

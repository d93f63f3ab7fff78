import type { Connection } from "@infirmary/db/client";
import type { LoadPoint, ProcessName, RunningProcess } from "@infirmary/shared/system";

type RunningRow = RunningProcess & { calls: number; failures: number };

/** The processes that told of themselves in the last three minutes, each as it was in its newest one. */
export async function listRunning(connection: Connection): Promise<RunningRow[]> {
  const { rows } = await connection.query<{
    minute: Date;
    process: ProcessName;
    instance: string;
    started_at: Date;
    version: string;
    calls: number;
    failures: number;
    p95_ms: number | null;
    cpu_percent: number;
    memory_mib: number;
    loop_delay_ms: number;
  }>(
    `SELECT DISTINCT ON (process, instance) * FROM process_minute WHERE minute > now() - interval '3 minutes'
      ORDER BY process, instance, minute DESC`,
  );
  return rows.map((row) => ({
    instance: row.instance,
    process: row.process,
    version: row.version,
    startedAt: row.started_at.toISOString(),
    seenAt: row.minute.toISOString(),
    calls: row.calls,
    failures: row.failures,
    callsPerMinute: row.calls,
    p95Ms: row.p95_ms,
    cpuPercent: row.cpu_percent,
    memoryMib: row.memory_mib,
    loopDelayMs: row.loop_delay_ms,
  }));
}

/**
 * The load over the last hours in stretches of `stretchMinutes`: calls, processor and memory of all instances together, the slowest of
 * their times.
 */
export async function listLoad(
  connection: Connection,
  { hours, stretchMinutes }: { hours: number; stretchMinutes: number },
): Promise<LoadPoint[]> {
  const { rows } = await connection.query<{
    at: Date;
    process: ProcessName;
    calls_per_minute: number;
    failures: number;
    p95_ms: number | null;
    cpu_percent: number;
    memory_mib: number;
  }>(
    `SELECT date_bin(make_interval(mins => $2), minute, '2020-01-01Z') AS at, process,
            (sum(calls)::float8 / $2) AS calls_per_minute, sum(failures)::int AS failures, max(p95_ms) AS p95_ms,
            (sum(cpu_percent) / count(DISTINCT minute))::float8 AS cpu_percent, (sum(memory_mib) / count(DISTINCT minute))::float8 AS memory_mib
       FROM process_minute WHERE minute > now() - make_interval(hours => $1)
      GROUP BY 1, 2 ORDER BY 1, 2`,
    [hours, stretchMinutes],
  );
  return rows.map((row) => ({
    at: row.at.toISOString(),
    process: row.process,
    callsPerMinute: Math.round(row.calls_per_minute * 10) / 10,
    failures: row.failures,
    p95Ms: row.p95_ms,
    cpuPercent: Math.round(row.cpu_percent),
    memoryMib: Math.round(row.memory_mib),
  }));
}

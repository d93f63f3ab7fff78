import { existsSync, readFileSync } from "node:fs";
import pg from "pg";

/** CPU time used so far, in milliseconds; null where the system does not tell (it takes Linux's /proc). */
export type CpuTime = { apiMs: number; databaseMs: number } | null;

const msPerTick = 10;

/**
 * CPU time of the API's process and of its connections' server processes. Latency moves with whatever else a machine does; the CPU a
 * request takes does so much less, and on two full cores it is what decides how many requests fit.
 */
export async function cpuTime(apiPid: number, ownerUrl: string): Promise<CpuTime> {
  if (!existsSync("/proc/self/stat")) return null;
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const { rows } = await owner.query<{ pid: number }>(
      "SELECT pid FROM pg_stat_activity WHERE usename = 'infirmary_app'",
    );
    return {
      apiMs: ticksOf(apiPid) * msPerTick,
      databaseMs: rows.reduce((sum, { pid }) => sum + ticksOf(pid), 0) * msPerTick,
    };
  } finally {
    await owner.end();
  }
}

/** utime and stime of proc(5): fields 14 and 15, counted behind the command's closing parenthesis. */
function ticksOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return Number(fields[11]) + Number(fields[12]);
}

/** Resident memory of a process, MiB; null where the system does not tell. */
export function memoryOf(pid: number): number | null {
  if (!existsSync("/proc/self/status")) return null;
  const [, kib = "0"] = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Math.round(Number(kib) / 1024);
}

/**
 * CPU time so far of the server processes behind every connection to the database, in milliseconds, to the microsecond; 0 where the
 * system does not tell. What a process did that has ended since is not in it: compare two calls of which nobody disconnected between.
 */
export async function serverCpuMs(pool: { query: pg.Pool["query"] }): Promise<number> {
  if (!existsSync("/proc/self/schedstat")) return 0;
  const { rows } = await pool.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'",
  );
  return rows.reduce(
    (sum, { pid }) => sum + Number(readFileSync(`/proc/${pid}/schedstat`, "utf8").split(" ")[0]) / 1e6,
    0,
  );
}

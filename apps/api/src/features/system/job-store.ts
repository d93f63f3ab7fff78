import type { Connection } from "@infirmary/db/client";
import { type Job, type JobState, jobStates } from "@infirmary/shared/system";

/** The installation's own jobs, and those of the organisation; the others' are not there. */
const visible = `FROM graphile_worker._private_jobs j JOIN graphile_worker._private_tasks t ON t.id = j.task_id
  WHERE COALESCE(j.payload->>'tenantId', $1) = $1`;
const state = `CASE WHEN j.locked_at IS NOT NULL THEN 'running' WHEN j.attempts >= j.max_attempts THEN 'failed'
  WHEN j.attempts > 0 THEN 'retrying' ELSE 'waiting' END`;

type JobRow = {
  id: string;
  task: string;
  state: JobState;
  attempts: number;
  max_attempts: number;
  created_at: Date;
  run_at: Date;
  last_error: string | null;
};

/** Those that failed first, then in the order of their time. */
export async function listJobs(connection: Connection, tenantId: string, limit: number): Promise<Job[]> {
  const { rows } = await connection.query<JobRow>(
    `SELECT j.id, t.identifier AS task, ${state} AS state, j.attempts, j.max_attempts, j.created_at, j.run_at, j.last_error ${visible}
      ORDER BY (j.attempts >= j.max_attempts) DESC, j.attempts DESC, j.run_at LIMIT $2`,
    [tenantId, limit],
  );
  return rows.map((row) => ({
    id: String(row.id),
    task: row.task,
    state: row.state,
    attempts: row.attempts,
    attemptsMax: row.max_attempts,
    createdAt: row.created_at.toISOString(),
    runAt: row.run_at.toISOString(),
    error: row.last_error === null ? null : withoutValues(row.last_error),
  }));
}

/** @returns how many there are of each state, and how long the one has waited that waits longest past its time */
export async function countJobs(connection: Connection, tenantId: string) {
  const { rows } = await connection.query<{ state: JobState; jobs: number; wait: number | null }>(
    `SELECT ${state} AS state, count(*)::int AS jobs, extract(epoch FROM max(now() - j.run_at))::float8 AS wait ${visible} GROUP BY 1`,
    [tenantId],
  );
  const counts: Record<JobState, number> = { waiting: 0, running: 0, retrying: 0, failed: 0 };
  for (const row of rows) counts[row.state] = row.jobs;
  const late = rows.filter((row) => row.state === "waiting" || row.state === "retrying");
  return { counts, oldestWaitSeconds: Math.max(0, ...late.map(({ wait }) => Math.round(wait ?? 0))) };
}

/** All jobs of the installation, for who watches the machine. */
export async function countAllJobs(pool: { query: Connection["query"] }) {
  const { rows } = await pool.query<{ state: JobState; jobs: number; wait: number }>(
    `SELECT ${state} AS state, count(*)::int AS jobs, GREATEST(0, extract(epoch FROM max(now() - j.run_at)))::float8 AS wait
       FROM graphile_worker._private_jobs j GROUP BY 1`,
  );
  const late = rows.filter((row) => row.state === "waiting" || row.state === "retrying");
  return {
    jobs: new Map<string, number>(jobStates.map((one) => [one, rows.find((row) => row.state === one)?.jobs ?? 0])),
    oldestWaitSeconds: Math.max(0, ...late.map(({ wait }) => Math.round(wait))),
  };
}

/** The job if it may be touched: it is there, not at work, and not another organisation's. Locks it. */
export async function holdJob(
  connection: Connection,
  tenantId: string,
  id: string,
): Promise<{ task: string; isRunning: boolean } | null> {
  const { rows } = await connection.query<{ task: string; locked_at: Date | null }>(
    `SELECT t.identifier AS task, j.locked_at ${visible} AND j.id = $2 FOR UPDATE OF j`,
    [tenantId, id],
  );
  const [row] = rows;
  return row ? { task: row.task, isRunning: row.locked_at !== null } : null;
}

export async function repeatJob(connection: Connection, id: string): Promise<void> {
  await connection.query("SELECT graphile_worker.reschedule_jobs(ARRAY[$1::bigint], now(), NULL, 0)", [id]);
}

export async function removeJob(connection: Connection, id: string): Promise<void> {
  await connection.query("SELECT graphile_worker.complete_jobs(ARRAY[$1::bigint])", [id]);
}

/** The first line, without what it quotes: a database's error can name a person. */
function withoutValues(error: string): string {
  const [line = ""] = error.split("\n");
  return line.replace(/"[^"]*"|'[^']*'|\([^)]*\)/g, "…").slice(0, 200);
}

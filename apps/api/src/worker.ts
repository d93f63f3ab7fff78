import { run } from "graphile-worker";
import { buildPlatform } from "./core/build-platform.ts";
import { EnvError, readApiEnv } from "./core/env.ts";
import { exitWithParent } from "./core/parent.ts";
import { crontab, tasksOf } from "./jobs/tasks.ts";

/** The worker's process: jobs that run on a clock or were enqueued by a unit of work. */
try {
  const env = readApiEnv();
  const platform = await buildPlatform(env, "infirmary-worker");
  const runner = await run({
    connectionString: env.DATABASE_APP_URL,
    concurrency: 2,
    noHandleSignals: true,
    taskList: tasksOf(platform),
    crontab,
  });
  exitWithParent(async () => {
    await runner.stop();
    await platform.close();
  });
  platform.log.info("ready");
  process.send?.({ ready: true });
  await runner.promise;
} catch (error) {
  if (!(error instanceof EnvError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

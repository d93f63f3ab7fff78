import { readFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "graphile-worker";
import { sealKeysOf } from "./audit-verifier/format.ts";
import { buildPlatform } from "./core/build-platform.ts";
import { assertDurable } from "./core/durable-database.ts";
import { EnvError, readWorkerEnv } from "./core/env.ts";
import { mailerOf } from "./core/mail.ts";
import { keepMinutes } from "./core/meter/keep-minutes.ts";
import { exitWithParent } from "./core/parent.ts";
import { anchorFileOf, anchorsOf, signerOf, startSealer } from "./features/audit/index.ts";
import { crontab, tasksOf } from "./jobs/tasks.ts";

/** The first check, so that the pill is right soon after a start. */
const checkAfterMs = 5000;

/** The worker's process: jobs that run on a clock or were enqueued by a unit of work, and the audit log's sealer, whose key no other process is told. */
try {
  const env = readWorkerEnv();
  const sealPem = readFileSync(env.AUDIT_SEAL_KEY_FILE, "utf8");
  const signer = signerOf(sealPem);
  const anchors = anchorsOf(env);
  const platform = await buildPlatform(env, "infirmary-worker");
  await assertDurable(platform.database.pool);
  const stopMinutes = keepMinutes(platform, "worker");
  const stopSealer = startSealer({ platform, signer, anchors });
  const runner = await run({
    connectionString: env.DATABASE_APP_URL,
    concurrency: 2,
    noHandleSignals: true,
    taskList: tasksOf(platform, {
      sealKeys: sealKeysOf(sealPem),
      anchorFile: anchorFileOf(env),
      signer,
      mailer: mailerOf(env),
      archiveFolder: env.AUDIT_ARCHIVE_DIR ?? join(env.INFIRMARY_DATA, "audit", "archive"),
    }),
    crontab,
  });
  await runner.addJob(
    "audit-check",
    {},
    { jobKey: "audit-check-at-start", runAt: new Date(Date.now() + checkAfterMs) },
  );
  exitWithParent(async () => {
    stopMinutes();
    await Promise.all([runner.stop(), stopSealer()]);
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

import { buildPlatform } from "./core/build-platform.ts";
import { assertDurable } from "./core/durable-database.ts";
import { EnvError, readApiEnv } from "./core/env.ts";
import { keepMinutes } from "./core/meter/keep-minutes.ts";
import { exitWithParent } from "./core/parent.ts";
import { stopServer } from "./core/stop-server.ts";
import { ensureAuditEpoch } from "./features/audit/index.ts";
import { watchInstallation } from "./features/system/index.ts";
import { buildServer } from "./server.ts";

/** The API's process: reads the environment, builds, listens. */
try {
  const env = readApiEnv();
  const platform = await buildPlatform(env, "infirmary-api");
  await assertDurable(platform.database.pool);
  const server = await buildServer(platform);
  watchInstallation(platform);
  await platform.live.start();
  await ensureAuditEpoch(platform);
  const stopMinutes = keepMinutes(platform, "api");
  await server.listen({ port: env.API_PORT, host: env.LISTEN_ADDRESS });
  const drainMs = env.DRAIN_SECONDS * 1000;
  exitWithParent(async () => {
    await platform.readiness.drain(drainMs);
    stopMinutes();
    await stopServer(server);
    await platform.close();
  }, drainMs);
  platform.log.info({ port: env.API_PORT }, "ready");
  process.send?.({ ready: true });
} catch (error) {
  if (!(error instanceof EnvError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

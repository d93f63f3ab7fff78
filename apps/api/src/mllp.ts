import { readFileSync } from "node:fs";
import { buildPlatform } from "./core/build-platform.ts";
import { assertDurable } from "./core/durable-database.ts";
import { EnvError, readMllpEnv } from "./core/env.ts";
import { keepMinutes } from "./core/meter/keep-minutes.ts";
import { exitWithParent } from "./core/parent.ts";
import { defaultLimits, listenMllp } from "./features/mllp/index.ts";

/** The listener's process: HL7 over MLLP, apart from the API so that a hostile message harms no screen. */
try {
  const env = readMllpEnv();
  const platform = await buildPlatform(env, "infirmary-mllp");
  await assertDurable(platform.database.pool);
  const { MLLP_TLS_KEY_FILE: key, MLLP_TLS_CERT_FILE: cert, MLLP_TLS_CA_FILE: ca } = env;
  const listener = await listenMllp(platform, {
    port: env.MLLP_PORT,
    host: env.MLLP_ADDRESS,
    tls: key && cert && ca ? { key: text(key), cert: text(cert), ca: text(ca) } : null,
    limits: {
      ...defaultLimits,
      frameBytesMax: env.MLLP_FRAME_MEBIBYTES * 1024 * 1024,
      connectionsPerPeer: env.MLLP_CONNECTIONS_PER_PEER,
      messagesPerSecond: env.MLLP_MESSAGES_PER_SECOND,
    },
  });
  await platform.live.start();
  const stopMinutes = keepMinutes(platform, "mllp");
  exitWithParent(async () => {
    stopMinutes();
    await listener.close();
    await platform.close();
  });
  platform.log.info({ port: listener.port }, "ready");
  process.send?.({ ready: true });
} catch (error) {
  if (!(error instanceof EnvError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

function text(file: string): string {
  return readFileSync(file, "utf8");
}

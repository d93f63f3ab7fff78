import { join } from "node:path";
import { buildPlatform } from "../core/build-platform.ts";
import { EnvError, readApiEnv } from "../core/env.ts";
import { loadDemo } from "./load-demo.ts";
import { writeSamples } from "./write-samples.ts";

/** Loads the demo hospital unless it is there: `node apps/api/src/demo/main.ts`. Prints one line. */
try {
  const env = readApiEnv();
  if (env.INFIRMARY_DEMO !== "1" && (env.INFIRMARY_DEMO === "0" || env.NODE_ENV === "production")) {
    throw new EnvError("Demo data has known passwords: in production it is loaded only with INFIRMARY_DEMO=1.");
  }
  const platform = await buildPlatform(env, "infirmary-demo");
  try {
    const loaded = await loadDemo(platform);
    if (loaded) writeSamples(join(env.INFIRMARY_DATA, "samples"), loaded.samples);
    process.stdout.write(loaded ? `${loaded.patients} patients, ${loaded.orders} orders\n` : "already loaded\n");
  } finally {
    await platform.close();
  }
} catch (error) {
  if (!(error instanceof EnvError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}

import { wantsDemo } from "../setup/demo.ts";
import { environment } from "../setup/environment.ts";
import { lockFolder } from "../setup/folder-lock.ts";
import { refuseTakenPort } from "../setup/ports.ts";
import { prepare } from "../setup/prepare.ts";
import { dataFolder } from "../setup/project.ts";
import { startProduct } from "../supervise/product.ts";
import { runCommand, untilStopped } from "./run-command.ts";

/** `npm run dev`: the product with API and worker restarted and pages reloaded on every save, its logs on the screen. */
await runCommand(async () => {
  const stopAsked = untilStopped();
  const env = environment();
  const data = dataFolder(env.INFIRMARY_DATA);
  const lock = await lockFolder(data.lock, env.PUBLIC_URL);
  try {
    await refuseTakenPort("PORT", env.PORT, env.LISTEN_ADDRESS);
    await refuseTakenPort("API_PORT", env.API_PORT, env.LISTEN_ADDRESS);
    const parts = await prepare({ env, data, hasDemo: wantsDemo(env), isDevelopment: true });
    const product = await startProduct({ ...parts, notify: (text) => process.stdout.write(`${text}\n`) });
    process.stdout.write(`\n  ${env.PUBLIC_URL}   API on port ${env.API_PORT}   Ctrl-C stops it\n\n`);
    await stopAsked;
    lock.announceStop();
    await product.stop();
    return 0;
  } finally {
    lock.release();
  }
});

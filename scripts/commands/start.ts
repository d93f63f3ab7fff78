import { stopRunning } from "../boot/run-logged.mjs";
import { demoLogins, wantsDemo } from "../setup/demo.ts";
import { environment } from "../setup/environment.ts";
import { lockFolder } from "../setup/folder-lock.ts";
import { refuseTakenPort } from "../setup/ports.ts";
import { prepare } from "../setup/prepare.ts";
import { dataFolder } from "../setup/project.ts";
import { startProduct } from "../supervise/product.ts";
import { runCommand, untilStopped } from "./run-command.ts";

/** `npm start`: from whatever state the machine is in to the running product, and until it is told to stop. */
await runCommand(async () => {
  const startedAt = performance.now();
  const stopAsked = untilStopped();
  const env = environment();
  const data = dataFolder(env.INFIRMARY_DATA);
  const hasDemo = wantsDemo(env);
  const lock = await lockFolder(data.lock, env.PUBLIC_URL);
  try {
    await refuseTakenPort("PORT", env.PORT, env.LISTEN_ADDRESS);
    await refuseTakenPort("API_PORT", env.API_PORT, env.LISTEN_ADDRESS);
    process.stdout.write(`\nInfirmary\n  ${sayDemo(hasDemo, env.INFIRMARY_DEMO)}\n\n`);
    let isStopping = false;
    void stopAsked.then(() => {
      isStopping = true;
      lock.announceStop();
      stopRunning();
    });
    const parts = await prepare({ env, data, hasDemo, isDevelopment: false }).catch((error: unknown) => {
      if (isStopping) return undefined;
      throw error;
    });
    if (!parts) return 130;
    const product = await startProduct({ ...parts, notify });
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    process.stdout.write(
      `\n  Up in ${seconds} s. Ctrl-C stops it.\n\n${addresses(env, product.mllpPort)}${hasDemo ? logins() : ""}\n`,
    );
    const reason = await stopAsked;
    process.stdout.write(`\nStopping (${reason}) ...\n`);
    await product.stop();
    process.stdout.write("Stopped.\n");
    return 0;
  } finally {
    lock.release();
  }
});

function notify(text: string): void {
  process.stdout.write(`  ${new Date().toISOString().slice(11, 19)}  ${text}\n`);
}

function addresses(
  { PUBLIC_URL, API_PORT }: { PUBLIC_URL: string; API_PORT: number },
  mllpPort: number | null,
): string {
  const mllp =
    mllpPort === null ? "" : `  MLLP    localhost:${mllpPort}   (an analyser to try it with: npm run analyser)\n`;
  return `  Portal  ${PUBLIC_URL}\n  API     http://localhost:${API_PORT}/api/v1   (documentation at /api/v1/docs)\n${mllp}`;
}

function logins(): string {
  const lines = demoLogins.map(([name, password, role]) => `    ${name.padEnd(15)} ${password.padEnd(14)} ${role}`);
  return `\n  Demo logins\n${lines.join("\n")}\n`;
}

function sayDemo(hasDemo: boolean, asked: string | undefined): string {
  if (asked !== undefined) return `INFIRMARY_DEMO=${asked}: ${hasDemo ? "with" : "without"} demo data.`;
  if (hasDemo) return "INFIRMARY_DEMO=1 is set by npm start: with demo data and published passwords.";
  return "NODE_ENV=production: without demo data (INFIRMARY_DEMO=1 would load it).";
}

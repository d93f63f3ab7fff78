import { chmodSync, chownSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "../../packages/db/src/embedded/index.ts";
import { PlainError } from "../boot/plain-error.mjs";
import { step } from "../boot/progress.mjs";
import { buildStages } from "../container/build-stages.ts";
import { readDockerfile, type Stage } from "../container/dockerfile.ts";
import { type ImageProcess, runImage, untilHealthy } from "../container/run-image.ts";
import { freePort } from "../setup/ports.ts";
import { inProject, root } from "../setup/project.ts";
import { runCommand } from "./run-command.ts";

/**
 * `npm run test:packaging`: no Docker needed. Runs the Dockerfile's steps in empty folders, then starts what the images
 * would start (migrations, API, worker, portal) as an unprivileged user against an empty PostgreSQL, asks their health
 * checks, opens the sign-in page, and stops them as a container is stopped.
 */
await runCommand(async () => {
  const folder = mkdtempSync(join(tmpdir(), "infirmary-images-"));
  chmodSync(folder, 0o755);
  const started: ImageProcess[] = [];
  const database = await startEmbedded({ dataDir: join(folder, "postgres") });
  try {
    const stages = readDockerfile(readFileSync(inProject("docker/Dockerfile"), "utf8"));
    const log = join(folder, "build.log");
    const folders = await buildStages(stages, { context: root, folder: join(folder, "stages"), log });
    const image = (name: string) => {
      const stage = stages.find((one) => one.name === name);
      const where = folders.get(name);
      if (!stage || !where) throw new PlainError(`The Dockerfile has no stage ${name}.`);
      return { stage, where };
    };
    const keys = join(folder, "keys");
    const [apiPort, webPort] = [await freePort(), await freePort()];
    const env = settings({ keys, data: join(folder, "files"), apiPort, webPort, ownerUrl: database.ownerUrl });
    const once = (name: string, command: string[], more: Record<string, string> = {}) =>
      step(
        name,
        () => finish(image("api"), { command, env: { ...env, ...more } }),
        (said) => said.slice(0, 34),
      );
    await once("make-keys", ["node", "scripts/commands/make-keys.ts", keys]);
    await once("migrate", ["node", "scripts/commands/migrate.ts"], { DATABASE_URL: database.ownerUrl });
    await once("migrate again", ["node", "scripts/commands/migrate.ts"], { DATABASE_URL: database.ownerUrl });
    for (const { name, command, port } of [
      { name: "api", port: apiPort },
      { name: "api", command: ["node", "apps/api/src/worker.ts"] },
      { name: "portal", port: webPort },
    ]) {
      const { stage, where } = image(name);
      const running = runImage(stage, where, { env, ...(command ? { command } : {}) });
      started.push(running);
      if (port) await step(running.name, () => untilHealthy(running, stage, where, port));
    }
    await step("sign-in page", () => openSignIn(webPort));
    await step("stop", async () => {
      for (const running of started.splice(0)) {
        const code = await running.stop();
        if (code !== 0) throw new PlainError(`${running.name} ended with ${code}:\n${running.output()}`);
      }
    });
    return 0;
  } finally {
    await Promise.all(started.map((running) => running.stop()));
    await database.stop();
    rmSync(folder, { recursive: true, force: true });
  }
});

type Where = { keys: string; data: string; apiPort: number; webPort: number; ownerUrl: string };

function settings({ keys, apiPort, webPort, ownerUrl, data }: Where): Record<string, string> {
  const app = new URL(ownerUrl);
  app.username = "infirmary_app";
  app.password = "a-password-of-the-application";
  return {
    LISTEN_ADDRESS: "127.0.0.1",
    WEB_ADDRESS: "127.0.0.1",
    API_PORT: String(apiPort),
    WEB_PORT: String(webPort),
    API_URL: `http://127.0.0.1:${apiPort}`,
    PUBLIC_URL: "https://infirmary.example.org",
    INFIRMARY_DATA: data,
    DATABASE_APP_URL: app.href,
    SESSION_SECRET_FILE: join(keys, "session-secret"),
    ACCESS_TOKEN_KEY_FILE: join(keys, "access-token.pem"),
    FIELD_KEYS_FILE: join(keys, "field-keys.json"),
    INDEX_KEY_FILE: join(keys, "index-key"),
    AUDIT_MAC_KEY_FILE: join(keys, "audit-mac-key"),
    AUDIT_SEAL_KEY_FILE: join(keys, "audit-seal.pem"),
  };
}

/** Runs a command of the image to its end. @throws PlainError with what it said when it fails */
async function finish(
  { stage, where }: { stage: Stage; where: string },
  options: { command: string[]; env: Record<string, string> },
): Promise<string> {
  // Making the keys is the one step that writes, as the operator.
  const isSetUp = options.command.includes("scripts/commands/make-keys.ts");
  const running = runImage(isSetUp ? { ...stage, user: null } : stage, where, options);
  const code = await running.ended;
  if (code !== 0) throw new PlainError(`${options.command.join(" ")} ended with ${code}:\n${running.output()}`);
  if (isSetUp && process.getuid?.() === 0) giveAway(options.env.SESSION_SECRET_FILE ?? "");
  return running.output().trim();
}

/** The keys belong to the account that the containers run under. */
function giveAway(oneKey: string): void {
  const folder = join(oneKey, "..");
  for (const name of ["", ...readdirSync(folder)]) chownSync(join(folder, name), 1000, 1000);
}

async function openSignIn(port: number): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}/sign-in`, { headers: { host: "infirmary.example.org" } });
  const page = await answer.text();
  if (answer.status !== 200 || !page.includes("Sign in"))
    throw new PlainError(`The sign-in page said ${answer.status}.`);
}

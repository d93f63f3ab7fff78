import { generateKeyPairSync, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbedded } from "@infirmary/db/embedded";
import { migrate } from "@infirmary/db/migrate";
import { ensureAppRole } from "@infirmary/db/roles";

/** A database and keys for a bench that runs by itself, kept in a temporary folder so that filling it is paid for once. */
export async function startScratch(
  name: string,
): Promise<{ env: Record<string, string>; ownerUrl: string; stop(): Promise<void> }> {
  const dataDir = join(tmpdir(), `infirmary-bench-${name}`);
  const server = await startEmbedded({ dataDir });
  const file = (fileName: string, content: () => string) => {
    const path = join(dataDir, "keys", fileName);
    mkdirSync(join(dataDir, "keys"), { recursive: true });
    if (!existsSync(path)) writeFileSync(path, content(), { mode: 0o600 });
    return path;
  };
  const base64Key = () => randomBytes(32).toString("base64");
  const appUrl = await ensureAppRole({ ownerUrl: server.ownerUrl, password: randomBytes(16).toString("hex") });
  await migrate(server.ownerUrl);
  const env = {
    NODE_ENV: "production",
    DATABASE_APP_URL: appUrl,
    SESSION_SECRET: randomBytes(32).toString("hex"),
    ACCESS_TOKEN_KEY_FILE: file("access-token.pem", () =>
      generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    ),
    FIELD_KEYS_FILE: file("field-keys.json", () =>
      JSON.stringify({ keys: [{ id: 1, state: "active", key: base64Key() }] }),
    ),
    INDEX_KEY_FILE: file("index-key", base64Key),
  };
  return { env, ownerUrl: server.ownerUrl, stop: () => server.stop() };
}

import { runLogged } from "../boot/run-logged.mjs";
import { ambient } from "./environment.ts";
import type { KeySettings } from "./keys.ts";
import { inProject, root } from "./project.ts";

/** The keys that fields and the audit log are written with. */
export type FieldKeySettings = Pick<KeySettings, "FIELD_KEYS_FILE" | "INDEX_KEY_FILE" | "AUDIT_MAC_KEY_FILE">;

/** What the command that works on keys is told. Of all processes it alone signs in as the schema's owner. */
export function keyEnvironment(keys: FieldKeySettings, ownerUrl: string): Record<string, string> {
  const { FIELD_KEYS_FILE, INDEX_KEY_FILE, AUDIT_MAC_KEY_FILE } = keys;
  return { ...ambient(), DATABASE_URL: ownerUrl, FIELD_KEYS_FILE, INDEX_KEY_FILE, AUDIT_MAC_KEY_FILE };
}

/** After an upgrade: seals what an older Infirmary kept readable or sealed otherwise. @returns whether there was any */
export async function sealOlderValues(options: { keys: KeySettings; ownerUrl: string; log: string }): Promise<boolean> {
  const said = await runLogged([process.execPath, inProject("apps/api/src/keys/main.ts"), "settle"], {
    cwd: root,
    log: options.log,
    env: keyEnvironment(options.keys, options.ownerUrl),
    what: "Values that an older version left could not be sealed",
  });
  return said.trim() !== "";
}

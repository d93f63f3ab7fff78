import { readFileSync } from "node:fs";
import { CutilsError, cutils, type Place, type RingKey } from "@infirmary/native";
import { z } from "zod";

/**
 * The keys of the installation, which the database never sees. They wrap the tenants' data keys; a key management service
 * takes the place of the file by doing the same two things.
 */
export type KeyEncryption = {
  /** @param context what the wrapped key is for: it unwraps as nothing else */
  wrap(key: Uint8Array, context: WrapContext): Promise<Uint8Array>;
  unwrap(wrapped: Uint8Array, context: WrapContext): Promise<Uint8Array>;
  /** Opens what was sealed directly under a key of the installation, before tenants had keys of their own. */
  open(sealed: Uint8Array, place: Place): Uint8Array;
  dispose(): void;
};

export type WrapContext = { tenantId: string; purpose: string; id: number };

/** Ids from here on belong to data keys; below are the installation's own. */
export const firstDataKeyId = 65_536;

const keyFile = z.object({
  keys: z
    .array(
      z.object({
        id: z
          .int()
          .min(0)
          .max(firstDataKeyId - 1),
        state: z.enum(["active", "decrypt-only", "destroyed"]),
        key: z.base64().max(64),
      }),
    )
    .min(1)
    .max(256),
});

/** Keys in a file (JSON, mode 0600). A key it does not know sends it back to the file once: somebody may have added one. */
export function fileKeyEncryption(path: string): KeyEncryption {
  let inner = ringKeyEncryption(readKeys(path));
  const reread = () => {
    inner.dispose();
    inner = ringKeyEncryption(readKeys(path));
  };
  return {
    wrap: (key, context) => inner.wrap(key, context),
    async unwrap(wrapped, context) {
      try {
        return await inner.unwrap(wrapped, context);
      } catch (error) {
        if (!(error instanceof CutilsError && error.code === "unknown-key")) throw error;
        reread();
        return inner.unwrap(wrapped, context);
      }
    },
    open: (sealed, place) => inner.open(sealed, place),
    dispose: () => inner.dispose(),
  };
}

/** The same with keys at hand. */
export function ringKeyEncryption(keys: readonly RingKey[]): KeyEncryption {
  // The ring wants an index key; wrapping makes no search tokens.
  const ring = new cutils.KeyRing({ keys, indexKey: new Uint8Array(32) });
  const placeOf = ({ tenantId, purpose, id }: WrapContext): Place => ({
    tenant: tenantId,
    table: "data_key",
    column: "wrapped",
    row: `${purpose}/${id}`,
  });
  return {
    wrap: async (key, context) => ring.seal(key, placeOf(context)),
    unwrap: async (wrapped, context) => ring.openBytes(wrapped, placeOf(context)),
    open: (sealed, place) => ring.openBytes(sealed, place),
    dispose: () => ring.dispose(),
  };
}

function readKeys(path: string): RingKey[] {
  const { keys } = keyFile.parse(JSON.parse(readFileSync(path, "utf8")));
  return keys.map(({ id, state, key }) => ({ id, state, key: new Uint8Array(Buffer.from(key, "base64")) }));
}

import { beginIn } from "../begin.ts";
import { listDataKeys, lockDataKeys, replaceWrapped } from "./data-key-store.ts";
import type { KeyRunOptions } from "./run-keys.ts";

/** Wraps a tenant's data keys under the installation's present key; no value is touched. @returns how many */
export function rewrapKeys({ database, keys, tenantId }: KeyRunOptions): Promise<number> {
  const { encryption } = keys;
  return database.pool.transaction(beginIn({ tenantId }), async (connection) => {
    await lockDataKeys(connection, { tenantId });
    let count = 0;
    for (const { id: text, purpose, wrapped } of await listDataKeys(connection, { tenantId })) {
      if (!wrapped) continue;
      const id = Number(text);
      const key = await encryption.unwrap(wrapped, { tenantId, purpose, id });
      await replaceWrapped(connection, {
        tenantId,
        id,
        wrapped: await encryption.wrap(key, { tenantId, purpose, id }),
      });
      key.fill(0);
      count++;
    }
    return count;
  });
}

import type { Database } from "@infirmary/db/client";
import { type AuditInput, insertAudit, type SealedRecord, type SealingKeys, toRecord } from "./audit.ts";
import { beginIn } from "./begin.ts";
import { GroupQueue } from "./group-queue.ts";
import type { Scope } from "./scope.ts";

/**
 * The audit log as reads write to it: entries of one tenant that come while others are being written share the next statement and its
 * wait for the disk. Nobody waits for company, and a bad entry fails nobody's but its own.
 */
export class ReadLog {
  private readonly queue: GroupQueue<Item, void>;
  private added = 0;

  private readonly keys: SealingKeys;

  /** `key` is the log's MAC key, `keys` seal what people wrote. */
  constructor({ pool, key, keys }: { pool: Database["pool"]; key: Uint8Array; keys: SealingKeys }) {
    this.keys = keys;
    this.queue = new GroupQueue({
      keyOf: ({ number }) => String(number),
      run: async (tenantId, items) => {
        const records = items.flatMap((item) => item.records);
        await pool.transaction(
          beginIn({ tenantId }),
          async () => undefined,
          (connection) => [insertAudit(connection, { key, records })],
        );
        return items.map(() => ({ answer: undefined }));
      },
    });
  }

  /** Settles when the entries are on the disk: what they are about may be shown then, and not before. */
  async write(scope: Scope, at: Date, entries: readonly AuditInput[]): Promise<void> {
    if (entries.length === 0) return;
    const records = entries.map((entry) => toRecord(entry.scope ?? scope, entry, { at, keys: this.keys }));
    await this.queue.add(scope.tenantId, { number: this.added++, records });
  }
}

type Item = { number: number; records: readonly SealedRecord[] };

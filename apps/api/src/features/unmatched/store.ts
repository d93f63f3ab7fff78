import type { Connection } from "@infirmary/db/client";
import type { UnmatchedReason } from "@infirmary/shared/unmatched";

type Scoped = { tenantId: string };
export type Problem = { path: string; message: string };

export type NewUnmatched = {
  id: string;
  partnerId: string | null;
  receivedById: string | null;
  sender: string;
  controlId: string;
  contentHash: Uint8Array;
  rawSealed: Uint8Array;
  sizeBytes: number;
  type: string;
  version: string;
  fileNameSealed: Buffer | null;
  reason: UnmatchedReason;
  problems: Problem[];
};

/** Adds the messages in one statement; those that wait already stay as they are. */
export async function insertUnmatched(
  connection: Connection,
  { tenantId, messages }: Scoped & { messages: readonly NewUnmatched[] },
): Promise<void> {
  const of = <T>(pick: (message: NewUnmatched) => T) => messages.map(pick);
  await connection.query({
    name: "unmatched-insert",
    text: `INSERT INTO unmatched_message (tenant_id, id, partner_id, received_by_id, sender, control_id, content_hash, raw_sealed, size_bytes, type, hl7_version, file_name_sealed, reason, problems)
           SELECT $1, r.* FROM unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::bytea[], $8::bytea[], $9::int[], $10::text[], $11::text[], $12::bytea[], $13::text[], $14::jsonb[]) r
           ON CONFLICT (tenant_id, sender, control_id, content_hash) DO NOTHING`,
    values: [
      tenantId,
      of(({ id }) => id),
      of(({ partnerId }) => partnerId),
      of(({ receivedById }) => receivedById),
      of(({ sender }) => sender),
      of(({ controlId }) => controlId),
      of(({ contentHash }) => Buffer.from(contentHash)),
      of(({ rawSealed }) => Buffer.from(rawSealed)),
      of(({ sizeBytes }) => sizeBytes),
      of(({ type }) => type),
      of(({ version }) => version),
      of(({ fileNameSealed }) => fileNameSealed),
      of(({ reason }) => reason),
      of(({ problems }) => JSON.stringify(problems)),
    ],
  });
}

export type ParkedRow = {
  id: string;
  sender: string;
  controlId: string;
  contentHash: Buffer;
  receivedAt: Date;
  reason: UnmatchedReason;
  problems: Problem[];
};

/** Those of the messages that wait, or waited, at the desk. */
export async function findUnmatched(
  connection: Connection,
  { tenantId, keys }: Scoped & { keys: readonly { sender: string; controlId: string; contentHash: Uint8Array }[] },
): Promise<ParkedRow[]> {
  const { rows } = await connection.query<ParkedRow>({
    name: "unmatched-find",
    text: `SELECT u.id, u.sender, u.control_id AS "controlId", u.content_hash AS "contentHash", u.received_at AS "receivedAt", u.reason, u.problems
             FROM unnest($2::text[], $3::text[], $4::bytea[]) AS k (sender, control_id, content_hash)
             JOIN unmatched_message u ON u.tenant_id = $1 AND u.sender = k.sender AND u.control_id = k.control_id AND u.content_hash = k.content_hash`,
    values: [
      tenantId,
      keys.map(({ sender }) => sender),
      keys.map(({ controlId }) => controlId),
      keys.map(({ contentHash }) => Buffer.from(contentHash)),
    ],
  });
  return rows;
}

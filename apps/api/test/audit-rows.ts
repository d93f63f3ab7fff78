import { openWords } from "../src/core/audit-words.ts";
import type { Api } from "./harness.ts";

export type AuditRow = {
  action: string;
  outcome: string;
  /** Ours and the person's, as the log's readers see it. */
  reason: string | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  username: string | null;
  user_id: string | null;
  patient_id: string | null;
};

/** Entries of the home organisation's log in the order of time, their words opened. `where` takes the values as $1 and on. */
export async function auditRows(api: Api, where: string, values: unknown[] = []): Promise<AuditRow[]> {
  await api.platform.keys.ready(api.home.id);
  const { rows } = await api.owner.query<
    AuditRow & { id: string; words_sealed: Buffer | null; words_hash: Buffer | null }
  >(
    `SELECT id, action, outcome, reason, words_sealed, words_hash, before, after, username, user_id, patient_id FROM audit_entry WHERE ${where} ORDER BY at, id`,
    values,
  );
  const words = openWords(api.platform.keys, api.home.id, rows);
  return rows.map(({ id: _, words_sealed: __, words_hash: ___, ...row }, index) => ({
    ...row,
    reason: [row.reason, words[index]].filter(Boolean).join(": ") || null,
  }));
}

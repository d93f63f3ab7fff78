import type { Connection } from "@infirmary/db/client";
import type { BreakGlassList, BreakGlassOutcome, BreakGlassReason } from "@infirmary/shared/break-glass";
import { sealedOrReadable } from "../../core/sealed-text.ts";

type ById = { tenantId: string; id: string };
type Owned = { tenantId: string; userId: string };

/** Opens a record for an hour, by the database's clock: it is what row-level security goes by. */
export async function insertBreakGlass(
  connection: Connection,
  row: ById &
    Owned & {
      patientId: string;
      facilityId: string;
      sessionId: string;
      reasonCode: BreakGlassReason;
      reasonTextSealed: Buffer | null;
      minutes: number;
      reviewHours: number;
    },
): Promise<void> {
  await connection.query({
    name: "break-glass",
    text: `INSERT INTO break_glass (tenant_id, id, user_id, patient_id, facility_id, session_id, reason_code, reason_text_sealed, expires_at, review_due_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(mins => $9), now() + make_interval(hours => $10))`,
    values: [
      row.tenantId,
      row.id,
      row.userId,
      row.patientId,
      row.facilityId,
      row.sessionId,
      row.reasonCode,
      row.reasonTextSealed,
      row.minutes,
      row.reviewHours,
    ],
  });
}

export type OwnRow = {
  id: string;
  patientId: string;
  mrn: string;
  firstName: string;
  lastName: string;
  reasonCode: BreakGlassReason;
  startedAt: Date;
  expiresAt: Date;
};
const ownColumns = `g.id, g.patient_id AS "patientId", p.mrn, p.first_name AS "firstName", p.last_name AS "lastName",
  g.reason_code AS "reasonCode", g.started_at AS "startedAt", g.expires_at AS "expiresAt"`;

/** The person's emergency accesses that are open, the one that ends first first. */
export async function listOpen(connection: Connection, { tenantId, userId }: Owned): Promise<OwnRow[]> {
  const { rows } = await connection.query<OwnRow>({
    name: "break-glass-open",
    text: `SELECT ${ownColumns} FROM break_glass g JOIN patient p ON p.tenant_id = g.tenant_id AND p.id = g.patient_id
            WHERE g.tenant_id = $1 AND g.user_id = $2 AND g.ended_at IS NULL AND g.expires_at > now() ORDER BY g.expires_at, g.id LIMIT 20`,
    values: [tenantId, userId],
  });
  return rows;
}

/** Ends one's own open emergency access; answers with its patient, or null where there is none. */
export async function endBreakGlass(
  connection: Connection,
  { tenantId, id, userId }: ById & Owned,
): Promise<string | null> {
  const { rows } = await connection.query<{ patient_id: string }>(
    `UPDATE break_glass SET ended_at = now(), version = version + 1
      WHERE tenant_id = $1 AND id = $2 AND user_id = $3 AND ended_at IS NULL AND expires_at > now() RETURNING patient_id`,
    [tenantId, id, userId],
  );
  return rows[0]?.patient_id ?? null;
}

export type BreakGlassRow = OwnRow & {
  userId: string;
  userName: string;
  userTitle: string | null;
  facilityName: string;
  reason_text_sealed: Buffer | null;
  endedAt: Date | null;
  reviewDueAt: Date;
  lookups: number;
  outcome: BreakGlassOutcome | null;
  review_comment_sealed: Buffer | null;
  reviewedByName: string | null;
  reviewedAt: Date | null;
  version: number;
  /** The exact times as text, for cursors. */
  dueExact: string;
  startedExact: string;
};

const select = `SELECT ${ownColumns}, g.user_id AS "userId", u.full_name AS "userName", u.title AS "userTitle", f.name AS "facilityName",
         ${sealedOrReadable("g.reason_text")}, g.ended_at AS "endedAt", g.review_due_at AS "reviewDueAt",
         (SELECT count(*)::int FROM audit_entry a WHERE a.tenant_id = g.tenant_id AND a.patient_id = g.patient_id AND a.user_id = g.user_id
             AND a.at >= g.started_at AND a.at <= COALESCE(g.ended_at, g.expires_at) AND a.outcome = 'success' AND a.action <> 'patient.break-glass') AS lookups,
         g.review_outcome AS outcome, ${sealedOrReadable("g.review_comment")}, r.full_name AS "reviewedByName", g.reviewed_at AS "reviewedAt", g.version,
         g.review_due_at::text AS "dueExact", g.started_at::text AS "startedExact"
    FROM break_glass g
    JOIN patient p ON p.tenant_id = g.tenant_id AND p.id = g.patient_id
    JOIN user_account u ON u.tenant_id = g.tenant_id AND u.id = g.user_id
    JOIN facility f ON f.tenant_id = g.tenant_id AND f.id = g.facility_id
    LEFT JOIN user_account r ON r.tenant_id = g.tenant_id AND r.id = g.reviewed_by_id`;

/** Emergency accesses of the tenant: those to review by their deadline, those reviewed newest first. */
export async function listBreakGlass(
  connection: Connection,
  {
    tenantId,
    state,
    after,
    limit,
  }: { tenantId: string; state: BreakGlassList["state"]; after: { at: string; id: string } | null; limit: number },
): Promise<BreakGlassRow[]> {
  const [where, key, direction, beyond] =
    state === "waiting"
      ? ["g.review_outcome IS NULL", "g.review_due_at", "ASC", ">"]
      : ["g.review_outcome IS NOT NULL", "g.started_at", "DESC", "<"];
  const { rows } = await connection.query<BreakGlassRow>({
    name: `break-glass-${state}-${after ? "next" : "first"}`,
    text: `${select} WHERE g.tenant_id = $1 AND ${where} ${after ? `AND (${key}, g.id) ${beyond} ($3::timestamptz, $4::uuid)` : ""}
            ORDER BY ${key} ${direction}, g.id ${direction} LIMIT $2`,
    values: after ? [tenantId, limit, after.at, after.id] : [tenantId, limit],
  });
  return rows;
}

export async function findBreakGlass(connection: Connection, { tenantId, id }: ById): Promise<BreakGlassRow | null> {
  const { rows } = await connection.query<BreakGlassRow>(`${select} WHERE g.tenant_id = $1 AND g.id = $2`, [
    tenantId,
    id,
  ]);
  return rows[0] ?? null;
}

/** Records the review of the version that was read; answers whether it was still that one and not reviewed yet. */
export async function recordReview(
  connection: Connection,
  review: ById & { version: number; outcome: BreakGlassOutcome; commentSealed: Buffer | null; reviewedById: string },
): Promise<boolean> {
  const { rowCount } = await connection.query(
    `UPDATE break_glass SET review_outcome = $4, review_comment_sealed = $5, reviewed_by_id = $6, reviewed_at = now(), version = version + 1
      WHERE tenant_id = $1 AND id = $2 AND version = $3 AND review_outcome IS NULL`,
    [review.tenantId, review.id, review.version, review.outcome, review.commentSealed, review.reviewedById],
  );
  return rowCount === 1;
}

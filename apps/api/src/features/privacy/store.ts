import type { Connection } from "@infirmary/db/client";
import type { OutsideLook, PatientViewer, PrivacyDay, PrivacyOverview, ReportPeriod } from "@infirmary/shared/privacy";
import { sealedOrReadable } from "../../core/sealed-text.ts";

/** A period's days as instants: from the first midnight to the one after the last day, at a place. */
export type Scoped = { tenantId: string; timeZone: string } & ReportPeriod;

const shownMax = 200;
/** Seeing is no deed: the actions that only look. */
const isLook = String.raw`~ '\.(read|list|search|history|trend|messages|raw-message|reveal|duplicates|print|timeline)$'`;
const isExport = "a.action ~ '\\.export$'";
const inPeriod =
  "a.tenant_id = $1 AND a.at >= $2::date::timestamp AT TIME ZONE $4 AND a.at < ($3::date + 1)::timestamp AT TIME ZONE $4";
const valuesOf = ({ tenantId, from, to, timeZone }: Scoped) => [tenantId, from, to, timeZone];

/**
 * Who looked at whom in the period without caring for the patient: in no care team of the patient at the time, and without any deed
 * for the patient (an order, a registration, a filing) from 90 days before to a day after.
 */
const outside = `
  looks AS (
    SELECT a.user_id, a.patient_id, count(*)::int AS looks, min(a.at) AS first_at, max(a.at) AS last_at, array_agg(DISTINCT a.action) AS actions,
           (array_agg(a.username ORDER BY a.at DESC))[1] AS username, (array_agg(a.role ORDER BY a.at DESC))[1] AS role
      FROM audit_entry a
     WHERE ${inPeriod} AND a.patient_id IS NOT NULL AND a.user_id IS NOT NULL AND a.outcome = 'success' AND a.action ${isLook} AND a.entity <> 'audit'
     GROUP BY a.user_id, a.patient_id),
  outside AS (
    SELECT * FROM looks l
     WHERE NOT EXISTS (SELECT FROM care_team_member c WHERE c.tenant_id = $1 AND c.patient_id = l.patient_id AND c.user_id = l.user_id
                        AND c.since <= l.last_at AND (c.ended_at IS NULL OR c.ended_at >= l.first_at))
       AND NOT EXISTS (SELECT FROM audit_entry d WHERE d.tenant_id = $1 AND d.patient_id = l.patient_id AND d.user_id = l.user_id AND d.outcome = 'success'
                        AND NOT d.action ${isLook} AND d.entity <> 'audit' AND d.at >= l.first_at - interval '90 days' AND d.at < l.last_at + interval '1 day'))`;

/** Reads the whole organisation for the rest of the transaction: who watches over looking watches over all of its facilities. */
export async function acrossFacilities(connection: Connection): Promise<void> {
  await connection.query("SELECT set_config('app.facility_id', '', true)");
}

export async function countDays(connection: Connection, scoped: Scoped): Promise<PrivacyDay[]> {
  const { rows } = await connection.query<PrivacyDay>(
    `WITH ${outside},
     counted AS (
       SELECT (a.at AT TIME ZONE $4)::date AS day,
              count(*) FILTER (WHERE a.action = 'auth.sign-in' AND a.outcome <> 'success') AS failed,
              count(*) FILTER (WHERE a.outcome = 'refused' AND a.action <> 'auth.sign-in') AS refused,
              count(*) FILTER (WHERE ${isExport} AND a.outcome = 'success') AS exported,
              count(*) FILTER (WHERE a.patient_id IS NOT NULL AND a.outcome = 'success' AND a.action ${isLook} AND a.entity <> 'audit'
                                 AND EXISTS (SELECT FROM outside o WHERE o.user_id = a.user_id AND o.patient_id = a.patient_id)) AS outside
         FROM audit_entry a WHERE ${inPeriod} GROUP BY 1),
     glass AS (
       SELECT (g.started_at AT TIME ZONE $4)::date AS day, count(*) AS broken FROM break_glass g
        WHERE g.tenant_id = $1 AND g.started_at >= $2::date::timestamp AT TIME ZONE $4 AND g.started_at < ($3::date + 1)::timestamp AT TIME ZONE $4 GROUP BY 1)
     SELECT d.day::date::text AS day, coalesce(c.outside, 0)::int AS "outsideCare", coalesce(g.broken, 0)::int AS "glassBroken", coalesce(c.failed, 0)::int AS "failedSignIns",
            coalesce(c.refused, 0)::int AS refusals, coalesce(c.exported, 0)::int AS exports
       FROM generate_series($2::date::timestamp, $3::date::timestamp, interval '1 day') d (day)
       LEFT JOIN counted c ON c.day = d.day::date LEFT JOIN glass g ON g.day = d.day::date ORDER BY 1`,
    valuesOf(scoped),
  );
  return rows;
}

/** At most 200 pairs of person and patient, those with the most looks first, and one more where there are more. */
export async function listOutside(connection: Connection, scoped: Scoped): Promise<OutsideLook[]> {
  const { rows } = await connection.query<Omit<OutsideLook, "firstAt" | "lastAt"> & { first_at: Date; last_at: Date }>(
    `WITH ${outside}
     SELECT o.user_id AS "userId", o.username, u.full_name AS "fullName", o.role, o.patient_id AS "patientId", p.last_name || ', ' || p.first_name AS "patientName", p.mrn,
            o.looks, o.first_at, o.last_at, o.actions
       FROM outside o JOIN patient p ON p.tenant_id = $1 AND p.id = o.patient_id LEFT JOIN user_account u ON u.tenant_id = $1 AND u.id = o.user_id
      ORDER BY o.looks DESC, o.last_at DESC, o.user_id, o.patient_id LIMIT $5`,
    [...valuesOf(scoped), shownMax + 1],
  );
  return rows.map(({ first_at, last_at, ...row }) => ({
    ...row,
    firstAt: first_at.toISOString(),
    lastAt: last_at.toISOString(),
  }));
}
export const outsideMax = shownMax;

export async function listFailedSignIns(
  connection: Connection,
  scoped: Scoped,
): Promise<PrivacyOverview["failedSignIns"]> {
  const { rows } = await connection.query<Omit<PrivacyOverview["failedSignIns"][number], "lastAt"> & { last_at: Date }>(
    `SELECT a.user_id AS "userId", coalesce(a.username, 'Unknown name') AS username, max(u.full_name) AS "fullName", count(*)::int AS failures, max(a.at) AS last_at,
            (array_agg(DISTINCT a.ip) FILTER (WHERE a.ip IS NOT NULL))[1:5] AS addresses
       FROM audit_entry a LEFT JOIN user_account u ON u.tenant_id = a.tenant_id AND u.id = a.user_id
      WHERE ${inPeriod} AND a.action = 'auth.sign-in' AND a.outcome <> 'success'
      GROUP BY a.user_id, coalesce(a.username, 'Unknown name') ORDER BY failures DESC, last_at DESC LIMIT ${shownMax}`,
    valuesOf(scoped),
  );
  return rows.map(({ last_at, addresses, ...row }) => ({
    ...row,
    addresses: addresses ?? [],
    lastAt: last_at.toISOString(),
  }));
}

export async function listExports(connection: Connection, scoped: Scoped): Promise<PrivacyOverview["exports"]> {
  const { rows } = await connection.query<Omit<PrivacyOverview["exports"][number], "at"> & { at: Date }>(
    `SELECT a.id, a.at, a.user_id AS "userId", coalesce(a.username, '') AS username, u.full_name AS "fullName", a.action,
            CASE WHEN jsonb_typeof(a.after -> 'rows') = 'number' THEN (a.after ->> 'rows')::float8 END AS rows
       FROM audit_entry a LEFT JOIN user_account u ON u.tenant_id = a.tenant_id AND u.id = a.user_id
      WHERE ${inPeriod} AND ${isExport} AND a.outcome = 'success' ORDER BY a.at DESC LIMIT ${shownMax}`,
    valuesOf(scoped),
  );
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }));
}

/** Emergency access in the period, that which waits for its review first. */
export async function listGlass(connection: Connection, scoped: Scoped) {
  const { rows } = await connection.query<
    Omit<PrivacyOverview["glass"][number], "at" | "reviewDueAt" | "reasonText"> & {
      at: Date;
      due: Date;
      reason_text_sealed: Buffer | null;
    }
  >(
    `SELECT g.id, g.started_at AS at, g.user_id AS "userId", u.username, u.full_name AS "fullName", g.patient_id AS "patientId", p.last_name || ', ' || p.first_name AS "patientName",
            g.reason_code AS "reasonCode", ${sealedOrReadable("g.reason_text")}, g.review_outcome AS outcome, g.review_due_at AS due
       FROM break_glass g JOIN user_account u ON u.tenant_id = g.tenant_id AND u.id = g.user_id JOIN patient p ON p.tenant_id = g.tenant_id AND p.id = g.patient_id
      WHERE g.tenant_id = $1 AND g.started_at >= $2::date::timestamp AT TIME ZONE $4 AND g.started_at < ($3::date + 1)::timestamp AT TIME ZONE $4
      ORDER BY g.review_outcome IS NOT NULL, g.started_at DESC LIMIT ${shownMax}`,
    valuesOf(scoped),
  );
  return rows;
}

export async function findNamedPatient(connection: Connection, { tenantId, id }: { tenantId: string; id: string }) {
  const { rows } = await connection.query<{ id: string; name: string; mrn: string }>(
    "SELECT id, last_name || ', ' || first_name AS name, mrn FROM patient WHERE tenant_id = $1 AND id = $2",
    [tenantId, id],
  );
  return rows[0] ?? null;
}

/** Everybody who saw or did something of a patient, who looked without caring first. */
export async function listViewers(
  connection: Connection,
  {
    tenantId,
    patientId,
    from,
    to,
    timeZone,
  }: { tenantId: string; patientId: string; from: string | null; to: string | null; timeZone: string },
): Promise<PatientViewer[]> {
  const { rows } = await connection.query<
    Omit<PatientViewer, "firstAt" | "lastAt"> & { first_at: Date; last_at: Date }
  >(
    `WITH seen AS (
       SELECT a.user_id, a.username, a.role, a.at, CASE WHEN a.action ${isLook} THEN 'look' ELSE 'deed' END AS kind FROM audit_entry a
        WHERE a.tenant_id = $1 AND a.patient_id = $2 AND a.outcome = 'success' AND a.entity <> 'audit'
       UNION ALL
       SELECT a.user_id, a.username, a.role, a.at, 'shown' FROM audit_shown s JOIN audit_entry a ON a.tenant_id = s.tenant_id AND a.at = s.at AND a.id = s.entry_id
        WHERE s.tenant_id = $1 AND s.patient_id = $2 AND a.patient_id IS DISTINCT FROM $2)
     SELECT s.user_id AS "userId", coalesce(max(s.username), 'Nobody signed in') AS username, max(u.full_name) AS "fullName", max(s.role) AS role,
            count(*) FILTER (WHERE kind = 'look')::int AS looks, count(*) FILTER (WHERE kind = 'shown')::int AS shown, count(*) FILTER (WHERE kind = 'deed')::int AS deeds,
            min(s.at) AS first_at, max(s.at) AS last_at,
            bool_or(kind = 'deed') OR EXISTS (SELECT FROM care_team_member c WHERE c.tenant_id = $1 AND c.patient_id = $2 AND c.user_id = s.user_id) AS "caresFor"
       FROM seen s LEFT JOIN user_account u ON u.tenant_id = $1 AND u.id = s.user_id
      WHERE ($3::date IS NULL OR s.at >= $3::date::timestamp AT TIME ZONE $5) AND ($4::date IS NULL OR s.at < ($4::date + 1)::timestamp AT TIME ZONE $5)
      GROUP BY s.user_id ORDER BY "caresFor", looks DESC, last_at DESC LIMIT 500`,
    [tenantId, patientId, from, to, timeZone],
  );
  return rows.map(({ first_at, last_at, ...row }) => ({
    ...row,
    firstAt: first_at.toISOString(),
    lastAt: last_at.toISOString(),
  }));
}

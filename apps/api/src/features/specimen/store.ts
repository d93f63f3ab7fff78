import type { Connection } from "@infirmary/db/client";
import type { RejectReason, Specimen, SpecimenStatus } from "@infirmary/shared/specimen";

type Scoped = { tenantId: string };
type ById = Scoped & { id: string };

export type SpecimenRow = Omit<Specimen, "collectedAt" | "receivedAt" | "rejectedAt"> & {
  facilityId: string;
  facilityName: string;
  timeZone: string;
  specimenType: string | null;
  containerType: string | null;
  collectedAt: Date;
  collectedAtExact: string;
  receivedAt: Date | null;
  rejectedAt: Date | null;
};

const columns = `s.id, s.barcode, s.status, s.patient_id AS "patientId",
  jsonb_build_object('mrn', p.mrn, 'firstName', p.first_name, 'lastName', p.last_name, 'dateOfBirth', p.date_of_birth::text, 'gender', p.gender) AS patient,
  s.facility_id AS "facilityId", f.name AS "facilityName", f.time_zone AS "timeZone", s.specimen_type AS "specimenType", s.container_type AS "containerType",
  t.name AS "specimenName", c.name AS "containerName", c.cap, s.condition, s.collected_at AS "collectedAt", s.collected_at::text AS "collectedAtExact", u.full_name AS "collectedByName",
  s.received_at AS "receivedAt", s.rejected_at AS "rejectedAt", s.reject_reason AS "rejectReason", s.place, s.parent_id AS "parentId", s.replaces_id AS "replacesId",
  (SELECT n.id FROM specimen n WHERE n.tenant_id = s.tenant_id AND n.patient_id = s.patient_id AND n.replaces_id = s.id LIMIT 1) AS "replacedById",
  COALESCE((SELECT jsonb_agg(jsonb_build_object('id', o.id, 'orderNumber', o.order_number, 'testName', COALESCE(l.short_name, o.test_name), 'priority', o.priority, 'status', o.status) ORDER BY o.ordered_at, o.id)
     FROM specimen_order so JOIN service_order o ON o.tenant_id = so.tenant_id AND o.id = so.order_id
     LEFT JOIN lab_test l ON l.tenant_id = o.tenant_id AND l.code = o.test_code WHERE so.tenant_id = s.tenant_id AND so.specimen_id = s.id), '[]') AS orders, s.version`;
const joins = `JOIN patient p ON p.tenant_id = s.tenant_id AND p.id = s.patient_id
  JOIN facility f ON f.tenant_id = s.tenant_id AND f.id = s.facility_id
  JOIN user_account u ON u.tenant_id = s.tenant_id AND u.id = s.collected_by_id
  LEFT JOIN specimen_type t ON t.tenant_id = s.tenant_id AND t.code = s.specimen_type
  LEFT JOIN container_type c ON c.tenant_id = s.tenant_id AND c.code = s.container_type`;

/** One tube; held until the end of the transaction where it is about to move. */
export async function findSpecimen(
  connection: Connection,
  { tenantId, id, isHeld = false }: ById & { isHeld?: boolean },
): Promise<SpecimenRow | null> {
  const { rows } = await connection.query<SpecimenRow>(
    `SELECT ${columns} FROM specimen s ${joins} WHERE s.tenant_id = $1 AND s.id = $2${isHeld ? " FOR NO KEY UPDATE OF s" : ""}`,
    [tenantId, id],
  );
  return rows[0] ?? null;
}

/** The tube of a barcode, the order of a number, the patient of a record number: whose id it is, or none in sight. */
export async function findByCode(
  connection: Connection,
  { tenantId, kind, code }: Scoped & { kind: "specimen" | "order" | "patient"; code: string },
): Promise<{ id: string; patientId: string } | null> {
  const text = {
    specimen: 'SELECT id, patient_id AS "patientId" FROM specimen WHERE tenant_id = $1 AND barcode = $2',
    order: 'SELECT id, patient_id AS "patientId" FROM service_order WHERE tenant_id = $1 AND order_number = $2',
    patient: 'SELECT id, id AS "patientId" FROM patient WHERE tenant_id = $1 AND mrn = $2 AND deleted_at IS NULL',
  }[kind];
  const { rows } = await connection.query<{ id: string; patientId: string }>(text, [tenantId, code]);
  return rows[0] ?? null;
}

/** A page of the facility's tubes, those collected first at the top. */
export async function listSpecimenRows(
  connection: Connection,
  {
    tenantId,
    facilityId,
    status,
    after,
    limit,
  }: Scoped & {
    facilityId: string;
    status: SpecimenStatus | null;
    after: { collectedAt: string; id: string } | null;
    limit: number;
  },
): Promise<SpecimenRow[]> {
  const { rows } = await connection.query<SpecimenRow>(
    `SELECT ${columns} FROM specimen s ${joins} WHERE s.tenant_id = $1 AND s.facility_id = $2 AND ($3::text IS NULL OR s.status = $3) AND p.deleted_at IS NULL
        AND ($4::timestamptz IS NULL OR (s.collected_at, s.id) < ($4::timestamptz, $5::uuid)) ORDER BY s.collected_at DESC, s.id DESC LIMIT $6`,
    [tenantId, facilityId, status, after?.collectedAt ?? null, after?.id ?? null, limit],
  );
  return rows;
}

export async function listOfOrder(
  connection: Connection,
  { tenantId, orderId }: Scoped & { orderId: string },
): Promise<SpecimenRow[]> {
  const { rows } = await connection.query<SpecimenRow>(
    `SELECT ${columns} FROM specimen s ${joins}
      WHERE s.tenant_id = $1 AND s.id IN (SELECT specimen_id FROM specimen_order WHERE tenant_id = $1 AND order_id = $2) ORDER BY s.collected_at, s.id LIMIT 50`,
    [tenantId, orderId],
  );
  return rows;
}

export type Collectable = {
  id: string;
  orderNumber: string;
  testName: string;
  patientId: string;
  facilityId: string;
  orderedById: string;
  specimenType: string | null;
  containerType: string | null;
  containerName: string | null;
  cap: string | null;
  /** It has a tube that is neither rejected nor discarded. */
  hasSpecimen: boolean;
};

/** Open orders of a patient, or those of the ids, with what each is collected in. */
export async function listCollectable(
  connection: Connection,
  { tenantId, patientId, ids }: Scoped & { patientId: string | null; ids: readonly string[] },
): Promise<Collectable[]> {
  const { rows } = await connection.query<Collectable>(
    `SELECT o.id, o.order_number AS "orderNumber", COALESCE(l.short_name, o.test_name) AS "testName", o.patient_id AS "patientId", o.facility_id AS "facilityId", o.ordered_by_id AS "orderedById",
            l.specimen_type AS "specimenType", l.container_type AS "containerType", c.name AS "containerName", c.cap,
            EXISTS (SELECT FROM specimen_order so JOIN specimen s ON s.tenant_id = so.tenant_id AND s.id = so.specimen_id AND s.status NOT IN ('REJECTED', 'DISCARDED')
                     WHERE so.tenant_id = o.tenant_id AND so.order_id = o.id) AS "hasSpecimen"
       FROM service_order o
       LEFT JOIN lab_test l ON l.tenant_id = o.tenant_id AND l.code = o.test_code
       LEFT JOIN container_type c ON c.tenant_id = o.tenant_id AND c.code = l.container_type
      WHERE o.tenant_id = $1 AND (o.patient_id = $2 OR o.id = ANY ($3::uuid[])) AND o.kind = 'LAB' AND o.status IN ('ORDERED', 'IN_PROGRESS')
      ORDER BY o.ordered_at DESC, o.id LIMIT 60`,
    [tenantId, patientId, ids],
  );
  return rows;
}

/** The tenant's next tube in sequence, from 1. */
export async function nextBarcodeSequence(connection: Connection, { tenantId }: Scoped): Promise<number> {
  const { rows } = await connection.query<{ taken: string }>(
    "INSERT INTO counter (tenant_id, kind, next) VALUES ($1, 'specimen', 2) ON CONFLICT (tenant_id, kind) DO UPDATE SET next = counter.next + 1 RETURNING next - 1 AS taken",
    [tenantId],
  );
  return Number(rows[0]?.taken);
}

export type NewSpecimen = ById & {
  facilityId: string;
  patientId: string;
  barcode: string;
  parentId: string | null;
  replacesId: string | null;
  specimenType: string | null;
  containerType: string | null;
  condition: string | null;
  status: SpecimenStatus;
  collectedAt: Date;
  collectedById: string;
  receivedAt: Date | null;
  place: string | null;
};

/** Adds a tube for the orders. */
export async function insertSpecimen(
  connection: Connection,
  specimen: NewSpecimen,
  orderIds: readonly string[],
): Promise<void> {
  await connection.query(
    `INSERT INTO specimen (tenant_id, id, facility_id, patient_id, barcode, parent_id, replaces_id, specimen_type, container_type, condition, status, collected_at, collected_by_id, received_at, place)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)`,
    [
      specimen.tenantId,
      specimen.id,
      specimen.facilityId,
      specimen.patientId,
      specimen.barcode,
      specimen.parentId,
      specimen.replacesId,
      specimen.specimenType,
      specimen.containerType,
      specimen.condition,
      specimen.status,
      specimen.collectedAt,
      specimen.collectedById,
      specimen.receivedAt,
      specimen.place,
    ],
  );
  await connection.query(
    "INSERT INTO specimen_order (tenant_id, specimen_id, order_id, patient_id) SELECT $1, $2, unnest($3::uuid[]), $4",
    [specimen.tenantId, specimen.id, orderIds, specimen.patientId],
  );
}

/** Moves a tube this transaction holds. */
export async function moveSpecimen(
  connection: Connection,
  move: ById & { to: SpecimenStatus; at: Date; reason?: RejectReason | null; place?: string | null },
): Promise<void> {
  await connection.query(
    `UPDATE specimen SET status = $3, received_at = CASE WHEN $3 = 'RECEIVED' THEN COALESCE(received_at, $4) ELSE received_at END,
            rejected_at = CASE WHEN $3 = 'REJECTED' THEN $4::timestamptz END, reject_reason = $5, place = $6, version = version + 1
      WHERE tenant_id = $1 AND id = $2`,
    [move.tenantId, move.id, move.to, move.at, move.reason ?? null, move.place ?? null],
  );
}

/** Orders that the laboratory starts on because their tube has come; answers which. */
export async function startOrders(
  connection: Connection,
  { tenantId, ids }: Scoped & { ids: readonly string[] },
): Promise<string[]> {
  const { rows } = await connection.query<{ id: string }>(
    `UPDATE service_order SET status = 'IN_PROGRESS', version = version + 1, updated_at = now()
      WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND status = 'ORDERED' RETURNING id`,
    [tenantId, ids],
  );
  return rows.map(({ id }) => id);
}

/** Who placed the orders. */
export async function listOrderers(
  connection: Connection,
  { tenantId, ids }: Scoped & { ids: readonly string[] },
): Promise<{ orderId: string; userId: string; title: string }[]> {
  const { rows } = await connection.query<{ orderId: string; userId: string; title: string }>(
    `SELECT id AS "orderId", ordered_by_id AS "userId", test_name || ' (' || order_number || ')' AS title FROM service_order
      WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND status <> 'CANCELLED'`,
    [tenantId, ids],
  );
  return rows;
}

export type EventKind = "COLLECTED" | "LABELLED" | "RECEIVED" | "REJECTED" | "ALIQUOTED" | "STORED" | "DISCARDED";
export type NewEvent = ById & {
  specimenId: string;
  patientId: string;
  kind: EventKind;
  at: Date;
  byId: string;
  byScan: boolean;
  detail: string | null;
  noteSealed: Buffer | null;
};

export async function insertEvent(connection: Connection, event: NewEvent): Promise<void> {
  await connection.query(
    `INSERT INTO specimen_event (tenant_id, id, specimen_id, patient_id, kind, at, by_id, by_scan, detail, note_sealed)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      event.tenantId,
      event.id,
      event.specimenId,
      event.patientId,
      event.kind,
      event.at,
      event.byId,
      event.byScan,
      event.detail,
      event.noteSealed,
    ],
  );
}

/** A tube's way, oldest step first. */
export async function listEvents(connection: Connection, { tenantId, id }: ById) {
  const { rows } = await connection.query<{
    id: string;
    kind: EventKind;
    at: Date;
    byName: string;
    byScan: boolean;
    detail: string | null;
    note_sealed: Buffer | null;
  }>(
    `SELECT e.id, e.kind, e.at, u.full_name AS "byName", e.by_scan AS "byScan", e.detail, e.note_sealed FROM specimen_event e
       JOIN user_account u ON u.tenant_id = e.tenant_id AND u.id = e.by_id WHERE e.tenant_id = $1 AND e.specimen_id = $2 ORDER BY e.recorded_at, e.id LIMIT 200`,
    [tenantId, id],
  );
  return rows;
}

export async function listAliquots(connection: Connection, { tenantId, id }: ById) {
  const { rows } = await connection.query<{ id: string; barcode: string; status: SpecimenStatus }>(
    "SELECT id, barcode, status FROM specimen WHERE tenant_id = $1 AND parent_id = $2 ORDER BY id LIMIT 50",
    [tenantId, id],
  );
  return rows;
}

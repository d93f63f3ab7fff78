import type { Page } from "@infirmary/shared/core";
import {
  readScan,
  type Scanned,
  type Specimen,
  type SpecimenDetail,
  type SpecimenStatus,
} from "@infirmary/shared/specimen";
import { z } from "zod";
import { AppError } from "../../core/app-error.ts";
import { decodeCursor, exactTime, pageFrom } from "../../core/cursor.ts";
import { openTexts } from "../../core/sealed-text.ts";
import type { Work } from "../../core/unit-of-work.ts";
import {
  findByCode,
  findSpecimen,
  listAliquots,
  listCollectable,
  listEvents,
  listOfOrder,
  listSpecimenRows,
  type SpecimenRow,
} from "./store.ts";

export function toSpecimen(row: SpecimenRow): Specimen {
  return {
    id: row.id,
    barcode: row.barcode,
    status: row.status,
    patientId: row.patientId,
    patient: row.patient,
    specimenName: row.specimenName,
    containerName: row.containerName,
    cap: row.cap,
    condition: row.condition,
    collectedAt: row.collectedAt.toISOString(),
    collectedByName: row.collectedByName,
    receivedAt: row.receivedAt?.toISOString() ?? null,
    rejectedAt: row.rejectedAt?.toISOString() ?? null,
    rejectReason: row.rejectReason,
    place: row.place,
    parentId: row.parentId,
    replacesId: row.replacesId,
    replacedById: row.replacedById,
    orders: row.orders,
    version: row.version,
  };
}

/** A tube and all that happened to it. */
export async function getSpecimen(work: Work, { id }: { id: string }): Promise<SpecimenDetail> {
  const { connection, scope, platform, audit } = work;
  const { tenantId } = scope;
  const row = await findSpecimen(connection, { tenantId, id });
  if (!row) throw new AppError("not-found");
  const [events, aliquots] = await Promise.all([
    listEvents(connection, { tenantId, id }),
    listAliquots(connection, { tenantId, id }),
  ]);
  const notes = openTexts(platform.keys, { tenantId, table: "specimen_event" }, ["note_sealed"], events);
  audit({ action: "specimen.read", entity: "specimen", entityId: id, patientId: row.patientId });
  return {
    ...toSpecimen(row),
    facilityName: row.facilityName,
    aliquots,
    history: events.map(({ note_sealed: _, at, ...event }, index) => ({
      ...event,
      at: at.toISOString(),
      note: notes[index]?.note_sealed ?? null,
    })),
  };
}

const keys = z.strictObject({ collectedAt: exactTime, id: z.uuid() });

/** The tubes of the facility worked at, the latest first. */
export async function listSpecimens(
  { connection, scope, audit }: Work,
  { status, limit, cursor }: { status?: SpecimenStatus | undefined; limit: number; cursor?: string | null | undefined },
): Promise<Page<Specimen>> {
  const rows = await listSpecimenRows(connection, {
    tenantId: scope.tenantId,
    facilityId: scope.actor?.facility.id ?? "",
    status: status ?? null,
    after: decodeCursor(cursor, keys),
    limit: limit + 1,
  });
  const page = pageFrom(rows, limit, toSpecimen, ({ collectedAtExact, id }) => ({ collectedAt: collectedAtExact, id }));
  const patientIds = [...new Set(page.items.map(({ patientId }) => patientId))];
  if (patientIds.length > 0) audit({ action: "specimen.list", entity: "specimen", after: { patientIds } });
  return page;
}

/** The tubes of an order, and the patient's open orders that could be collected with it. */
export async function specimensOfOrder(
  { connection, scope, audit }: Work,
  { orderId, patientId }: { orderId: string; patientId: string },
) {
  const { tenantId } = scope;
  const [rows, open] = await Promise.all([
    listOfOrder(connection, { tenantId, orderId }),
    listCollectable(connection, { tenantId, patientId, ids: [] }),
  ]);
  audit({ action: "specimen.read", entity: "order", entityId: orderId, patientId });
  const own = open.find(({ id }) => id === orderId);
  return {
    items: rows.map(toSpecimen),
    collectable: open
      .filter(
        ({ id, hasSpecimen, containerType }) =>
          id === orderId || (!hasSpecimen && containerType === own?.containerType),
      )
      .filter(() => own !== undefined)
      .map(({ id, orderNumber, testName, containerName, cap, hasSpecimen }) => ({
        id,
        orderNumber,
        testName,
        containerName,
        cap,
        hasSpecimen,
      })),
  };
}

/** Finds what a code is the number of. Says what kind of code it is where it is not the kind that was asked for. */
export async function findScanned(
  { connection, scope, audit }: Work,
  { code, expected }: { code: string; expected?: Scanned["kind"] | undefined },
): Promise<{ kind: Scanned["kind"]; id: string }> {
  const scanned = readScan(code);
  if (!scanned)
    throw new AppError("code-unknown", { detail: "This is no number of a tube, an order or a patient here." });
  if (expected && scanned.kind !== expected)
    throw new AppError("code-unknown", { detail: `This is ${kindWords[scanned.kind]}, not ${kindWords[expected]}.` });
  const found = await findByCode(connection, { tenantId: scope.tenantId, ...scanned });
  if (!found)
    throw new AppError("code-unknown", { detail: `This is ${kindWords[scanned.kind]}, but none that is known here.` });
  audit({ action: "specimen.scan", entity: scanned.kind, entityId: found.id, patientId: found.patientId });
  return { kind: scanned.kind, id: found.id };
}

const kindWords: Record<Scanned["kind"], string> = {
  specimen: "the number of a tube",
  order: "the number of an order",
  patient: "the record number of a patient",
};

import { barcodeFromSequence, type SpecimenDetail } from "@infirmary/shared/specimen";
import { AppError } from "../../core/app-error.ts";
import { newId } from "../../core/id.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { record } from "./move-specimen.ts";
import { getSpecimen } from "./read-specimens.ts";
import { findSpecimen, insertSpecimen, listCollectable, nextBarcodeSequence } from "./store.ts";

type Collect = {
  orderIds: readonly string[];
  condition?: string | null | undefined;
  collectedAt?: string | undefined;
  replacesId?: string | undefined;
};

/** Makes a tube with a number of its own for orders of one patient that are collected into the same container. */
export async function collectSpecimen(work: Work, input: Collect): Promise<SpecimenDetail> {
  const { connection, scope, now } = work;
  const { tenantId, actor } = scope;
  if (!actor) throw new AppError("not-signed-in");
  const orderIds = [...new Set(input.orderIds)];
  const found = await listCollectable(connection, { tenantId, patientId: null, ids: orderIds });
  const [first] = found;
  if (!first || found.length !== orderIds.length)
    throw new AppError("not-found", { detail: "An order was not found, or is not open any more." });
  const fault = (path: string, message: string) => new AppError("validation-failed", { errors: [{ path, message }] });
  if (found.some(({ patientId }) => patientId !== first.patientId))
    throw fault("orderIds", "One tube is of one patient.");
  if (found.some(({ containerType }) => containerType !== first.containerType))
    throw fault("orderIds", "These tests are not collected into the same container.");
  const collectedAt = input.collectedAt ? new Date(input.collectedAt) : now;
  if (collectedAt > now) throw fault("collectedAt", "This is in the future.");
  if (input.replacesId) {
    const replaced = await findSpecimen(connection, { tenantId, id: input.replacesId });
    if (replaced?.status !== "REJECTED" || replaced.patientId !== first.patientId)
      throw fault("replacesId", "This is no rejected tube of the patient.");
  }
  const id = newId();
  const barcode = barcodeFromSequence(await nextBarcodeSequence(connection, { tenantId }));
  await insertSpecimen(
    connection,
    {
      tenantId,
      id,
      facilityId: actor.facility.id,
      patientId: first.patientId,
      barcode,
      parentId: null,
      replacesId: input.replacesId ?? null,
      specimenType: first.specimenType,
      containerType: first.containerType,
      condition: input.condition ?? null,
      status: "COLLECTED",
      collectedAt,
      collectedById: actor.userId,
      receivedAt: null,
      place: null,
    },
    orderIds,
  );
  await record(work, { id, patientId: first.patientId, orderIds }, { kind: "COLLECTED", at: collectedAt });
  return getSpecimen(work, { id });
}

/** Pours a part off into a tube of its own, with a number of its own, for the same orders. */
export async function aliquotSpecimen(
  work: Work,
  input: { id: string; version?: number | undefined; place?: string | undefined },
): Promise<SpecimenDetail> {
  const { connection, scope, now } = work;
  const { tenantId, actor } = scope;
  if (!actor) throw new AppError("not-signed-in");
  const parent = await findSpecimen(connection, { tenantId, id: input.id, isHeld: true });
  if (!parent) throw new AppError("not-found");
  if (input.version !== undefined && input.version !== parent.version) throw new AppError("stale-version");
  if (parent.status !== "RECEIVED" && parent.status !== "STORED")
    throw new AppError("wrong-transition", { detail: "Only what is in the laboratory is poured off." });
  const id = newId();
  const barcode = barcodeFromSequence(await nextBarcodeSequence(connection, { tenantId }));
  const orderIds = parent.orders.map((order) => order.id);
  await insertSpecimen(
    connection,
    {
      ...parent,
      tenantId,
      id,
      barcode,
      parentId: parent.id,
      replacesId: null,
      status: input.place ? "STORED" : "RECEIVED",
      collectedById: actor.userId,
      receivedAt: now,
      place: input.place ?? null,
    },
    orderIds,
  );
  const about = { patientId: parent.patientId, orderIds };
  await record(work, { ...about, id: parent.id }, { kind: "ALIQUOTED", at: now, detail: barcode });
  await record(work, { ...about, id }, { kind: "ALIQUOTED", at: now, detail: `from ${parent.barcode}` });
  return getSpecimen(work, { id });
}

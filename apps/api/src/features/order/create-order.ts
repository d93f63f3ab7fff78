import type { Order, OrderCreate } from "@infirmary/shared/order";
import { AppError } from "../../core/app-error.ts";
import { newId } from "../../core/id.ts";
import { sealText } from "../../core/sealed-text.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { findLabTest } from "../catalog/index.ts";
import { notify } from "../notification/index.ts";
import { loadOrder } from "./order.ts";
import { orderNumberFromSequence } from "./rules.ts";
import { insertOrder, isVisitOf, listStaff, nextOrderSequence, patientExists } from "./store.ts";

/** Orders a test for a patient at the facility where the orderer works now. A STAT order rings at the lab. */
export async function createOrder(work: Work, input: OrderCreate): Promise<Order> {
  const { connection, scope, audit, emit } = work;
  const { tenantId, actor } = scope;
  if (!actor) throw new AppError("not-signed-in");
  const { facility } = actor;
  if (input.facilityId && input.facilityId !== facility.id)
    throw new AppError("validation-failed", {
      errors: [{ path: "facilityId", message: "You do not work at this facility now." }],
    });
  if (!(await patientExists(connection, { tenantId, id: input.patientId })))
    throw new AppError("not-found", { detail: "This patient was not found." });
  const test = await findLabTest(connection, { tenantId, code: input.testCode });
  const testName = test?.name ?? input.testName;
  if (!testName)
    throw new AppError("validation-failed", {
      errors: [{ path: "testName", message: "Required: the catalogue does not know this code." }],
    });
  if (
    input.encounterId &&
    !(await isVisitOf(connection, { tenantId, id: input.encounterId, patientId: input.patientId }))
  )
    throw new AppError("validation-failed", {
      errors: [{ path: "encounterId", message: "This is no open visit of the patient." }],
    });
  const id = newId();
  const orderNumber = orderNumberFromSequence(await nextOrderSequence(connection, { tenantId }));
  const encounterId = await insertOrder(connection, {
    tenantId,
    id,
    facilityId: facility.id,
    patientId: input.patientId,
    orderNumber,
    testCode: input.testCode,
    testName,
    priority: input.priority,
    notesSealed: sealText(
      work.platform.keys,
      { tenantId, table: "service_order", id },
      "notes_sealed",
      input.notes ?? null,
    ),
    orderedById: actor.userId,
    encounterId: input.encounterId ?? null,
  });
  audit({
    action: "order.create",
    entity: "order",
    entityId: id,
    patientId: input.patientId,
    after: { orderNumber, testCode: input.testCode, priority: input.priority },
  });
  emit({ name: "order.created", orderId: id, patientId: input.patientId, encounterId });
  if (input.priority === "STAT") {
    await notify(work, await listStaff(connection, { tenantId, facilityId: facility.id, role: "lab_technician" }), {
      kind: "order-placed",
      title: `STAT: ${testName} (${orderNumber})`,
      orderId: id,
      patientId: input.patientId,
    });
  }
  return loadOrder(work, { id });
}

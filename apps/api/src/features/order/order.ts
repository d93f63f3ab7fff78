import type { Order } from "@infirmary/shared/order";
import { AppError } from "../../core/app-error.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { findOrder, type OrderRow } from "./store.ts";

/** An order as the API shows one. */
export function toOrder(row: OrderRow): Order {
  return {
    id: row.id,
    orderNumber: row.order_number,
    patientId: row.patient_id,
    patient: {
      mrn: row.mrn,
      firstName: row.first_name,
      lastName: row.last_name,
      dateOfBirth: row.date_of_birth,
      gender: row.gender,
    },
    facilityId: row.facility_id,
    facilityName: row.facility_name,
    testCode: row.test_code,
    testName: row.test_name,
    testShortName: row.test_short_name,
    priority: row.priority,
    status: row.status,
    notes: row.notes,
    orderedById: row.ordered_by_id,
    orderedByName: row.ordered_by_name,
    orderedAt: row.ordered_at.toISOString(),
    completedAt: row.completed_at?.toISOString() ?? null,
    cancelReason: row.cancel_reason,
    review:
      row.reviewed_at && row.reviewed_by_name
        ? {
            reviewedByName: row.reviewed_by_name,
            reviewedAt: row.reviewed_at.toISOString(),
            comment: row.review_comment,
          }
        : null,
    counts: {
      observations: row.observation_count,
      abnormal: row.abnormal_count,
      critical: row.critical_count,
      pending: row.pending_count,
    },
    version: row.version,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** One order of the tenant, or `not-found`. */
export async function loadOrder({ connection, scope }: Work, { id }: { id: string }): Promise<Order> {
  const row = await findOrder(connection, { tenantId: scope.tenantId, id });
  if (!row) throw new AppError("not-found");
  return toOrder(row);
}

/** The same for a person to look at, which the audit log keeps. */
export async function getOrder(work: Work, input: { id: string }): Promise<Order> {
  const order = await loadOrder(work, input);
  work.audit({ action: "order.read", entity: "order", entityId: order.id, patientId: order.patientId });
  return order;
}

import type { Order } from "@infirmary/shared/order";
import { AppError } from "../../core/app-error.ts";
import { openTexts } from "../../core/sealed-text.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { findOrder, type OrderRow } from "./store.ts";

type Texts = { notes: string | null; cancelReason: string | null; comment: string | null };

/** Orders as the API shows them, with their sealed texts opened in one go. */
export function toOrders({ platform, scope }: Work, rows: readonly OrderRow[]): Order[] {
  const { tenantId } = scope;
  const own = openTexts(
    platform.keys,
    { tenantId, table: "service_order" },
    ["notes_sealed", "cancel_reason_sealed"],
    rows,
  );
  const comments = openTexts(
    platform.keys,
    { tenantId, table: "result_review" },
    ["comment_sealed"],
    rows.map((row) => ({ id: row.review_id ?? "", comment_sealed: row.review_comment_sealed })),
  );
  return rows.map((row, index) =>
    toOrder(row, {
      notes: own[index]?.notes_sealed ?? null,
      cancelReason: own[index]?.cancel_reason_sealed ?? null,
      comment: comments[index]?.comment_sealed ?? null,
    }),
  );
}

function toOrder(row: OrderRow, { notes, cancelReason, comment }: Texts): Order {
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
    notes,
    orderedById: row.ordered_by_id,
    orderedByName: row.ordered_by_name,
    orderedAt: row.ordered_at.toISOString(),
    completedAt: row.completed_at?.toISOString() ?? null,
    cancelReason,
    review:
      row.reviewed_at && row.reviewed_by_name
        ? {
            reviewedByName: row.reviewed_by_name,
            reviewedAt: row.reviewed_at.toISOString(),
            comment,
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
export async function loadOrder(work: Work, { id }: { id: string }): Promise<Order> {
  const row = await findOrder(work.connection, { tenantId: work.scope.tenantId, id });
  const [order] = row ? toOrders(work, [row]) : [];
  if (!order) throw new AppError("not-found");
  return order;
}

/** The same for a person to look at, which the audit log keeps. */
export async function getOrder(work: Work, input: { id: string }): Promise<Order> {
  const order = await loadOrder(work, input);
  work.audit({ action: "order.read", entity: "order", entityId: order.id, patientId: order.patientId });
  return order;
}

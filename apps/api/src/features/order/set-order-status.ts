import type { Permission } from "@infirmary/shared/access";
import { type Order, type OrderStatus, type OrderStatusInput, orderMoves } from "@infirmary/shared/order";
import { AppError } from "../../core/app-error.ts";
import type { ActorContext } from "../../core/context.ts";
import { newId } from "../../core/id.ts";
import { sealText } from "../../core/sealed-text.ts";
import { auditAlone, type Work } from "../../core/unit-of-work.ts";
import { notify } from "../notification/index.ts";
import { loadOrder } from "./order.ts";
import { insertReview, listStaff, lockOrder, moveOrder } from "./store.ts";

/**
 * Moves an order along its table of steps. The step must exist (409), the person must hold its permission (403), a version that is
 * given must be the present one (409). Asking for the present state again changes nothing, so that a repeated PUT is harmless.
 */
export async function setOrderStatus(ctx: ActorContext, input: OrderStatusInput): Promise<Order> {
  try {
    return await ctx.work((work) => moveByName(work, input));
  } catch (error) {
    // The answer shows the order and its patient, so it is a read, and its own transaction is undone.
    const { current } = error instanceof AppError ? error : { current: undefined };
    if (current !== undefined)
      await auditAlone(ctx.platform, ctx.scope, {
        action: actions[input.status],
        entity: "order",
        entityId: input.id,
        patientId: (current as Order).patientId,
        outcome: "failed",
        reason: "changed by someone else since it was opened",
      });
    throw error;
  }
}

async function moveByName(work: Work, input: OrderStatusInput): Promise<Order> {
  const { connection, scope, platform, audit, emit } = work;
  const { tenantId, actor } = scope;
  if (!actor) throw new AppError("not-signed-in");
  const locked = await lockOrder(connection, { tenantId, id: input.id });
  if (!locked) throw new AppError("not-found");
  requireRight(actor.permissions, input.status);
  const before = await loadOrder(work, { id: input.id });
  if (input.version !== undefined && input.version !== before.version)
    throw new AppError("stale-version", { current: before });
  if (before.status === input.status) return before;
  const needed: readonly Permission[] | undefined = (
    orderMoves[before.status] as Partial<Record<OrderStatus, readonly Permission[]>>
  )[input.status];
  const byName = needed?.filter((permission) => permission !== "result.upload");
  if (!byName?.length)
    throw new AppError("wrong-transition", {
      detail: `An order that is ${before.status} cannot become ${input.status}.`,
    });
  if (!byName.some((permission) => actor.permissions.has(permission))) throw new AppError("not-allowed");
  const cancelReason = input.status === "CANCELLED" ? (input.reason ?? null) : null;
  if (
    !(await moveOrder(connection, {
      tenantId,
      id: input.id,
      from: before.status,
      to: input.status,
      version: before.version,
      cancelReasonSealed: sealText(
        platform.keys,
        { tenantId, table: "service_order", id: input.id },
        "cancel_reason_sealed",
        cancelReason,
      ),
    }))
  )
    throw new AppError("stale-version");
  if (input.status === "REVIEWED") {
    const id = newId();
    await insertReview(connection, {
      tenantId,
      id,
      orderId: input.id,
      orderVersion: before.version,
      reviewedById: actor.userId,
      commentSealed: sealText(
        platform.keys,
        { tenantId, table: "result_review", id },
        "comment_sealed",
        input.comment ?? null,
      ),
    });
  }
  audit({
    action: actions[input.status],
    entity: "order",
    entityId: input.id,
    patientId: before.patientId,
    words: cancelReason,
    before: { status: before.status },
    after: { status: input.status },
  });
  emit({ name: "order.changed", orderId: input.id, patientId: before.patientId });
  if (input.status === "CANCELLED" && before.status === "IN_PROGRESS") {
    const technicians = await listStaff(connection, {
      tenantId,
      facilityId: before.facilityId,
      role: "lab_technician",
    });
    await notify(work, technicians, {
      kind: "order-cancelled",
      title: `Cancelled: ${before.testName} (${before.orderNumber})`,
      orderId: input.id,
      patientId: before.patientId,
    });
  }
  return loadOrder(work, { id: input.id });
}

/** A role that may never lead an order to this state is refused whatever the order's state. */
function requireRight(held: ReadonlySet<Permission>, to: OrderStatus): void {
  const permissions = Object.values(orderMoves).flatMap((moves) =>
    ((moves as Partial<Record<OrderStatus, readonly Permission[]>>)[to] ?? []).filter(
      (permission) => permission !== "result.upload",
    ),
  );
  if (permissions.length > 0 && !permissions.some((permission) => held.has(permission)))
    throw new AppError("not-allowed");
}

const actions: Record<OrderStatus, string> = {
  ORDERED: "order.create",
  IN_PROGRESS: "order.start",
  COMPLETED: "order.complete",
  REVIEWED: "result.sign-off",
  CANCELLED: "order.cancel",
};

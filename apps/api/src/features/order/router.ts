import { pageOf, uuid } from "@infirmary/shared/core";
import { order, orderCreate, orderList, orderStatusInput, orderVolume } from "@infirmary/shared/order";
import { z } from "zod";
import { permitted, router } from "../../core/trpc.ts";
import { countsOfOrders } from "./count-orders.ts";
import { createOrder } from "./create-order.ts";
import { listOrders } from "./list-orders.ts";
import { countVolume } from "./list-store.ts";
import { getOrder } from "./order.ts";
import { setOrderStatus } from "./set-order-status.ts";

const tag = "Lab orders";
const example = {
  id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a31",
  orderNumber: "L0000422",
  patientId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a21",
  patient: { mrn: "1000427", firstName: "Jane", lastName: "Doe", dateOfBirth: "1980-01-01", gender: "female" },
  facilityId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a01",
  facilityName: "St Anne's Main",
  testCode: "2823-3",
  testName: "Potassium [Moles/volume] in Serum or Plasma",
  testShortName: "Potassium",
  priority: "STAT",
  status: "ORDERED",
  notes: "On spironolactone",
  orderedById: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a11",
  orderedByName: "Dr John Smith",
  orderedAt: "2026-11-02T08:10:00.000Z",
  completedAt: null,
  cancelReason: null,
  review: null,
  counts: { observations: 0, abnormal: 0, critical: 0, pending: 0 },
  version: 1,
  createdAt: "2026-11-02T08:10:00.000Z",
  updatedAt: "2026-11-02T08:10:00.000Z",
};

export const orderRouter = router({
  list: permitted("order.read", {
    method: "GET",
    path: "/lab-orders/",
    tag,
    summary: "Lab orders",
    example: {
      request: { status: "ORDERED", priority: "STAT", limit: 25 },
      response: { items: [example], nextCursor: null },
    },
  })
    .input(orderList)
    .output(pageOf(order))
    .query(({ ctx, input }) => ctx.work((work) => listOrders(work, input))),
  create: permitted("order.create", {
    method: "POST",
    path: "/lab-orders/",
    tag,
    summary: "Order a lab test",
    status: 201,
    example: {
      request: {
        patientId: example.patientId,
        testCode: "2823-3",
        testName: example.testName,
        priority: "STAT",
        notes: "On spironolactone",
      },
      response: example,
    },
  })
    .input(orderCreate)
    .output(order)
    .mutation(({ ctx, input }) => ctx.work((work) => createOrder(work, input))),
  get: permitted("order.read", {
    method: "GET",
    path: "/lab-orders/{id}/",
    tag,
    summary: "One lab order",
    example: { response: example },
  })
    .input(z.strictObject({ id: uuid }))
    .output(order)
    .query(({ ctx, input }) => ctx.work((work) => getOrder(work, input))),
  /** Which steps a person may take depends on the step: the table of moves names the permission. */
  setStatus: permitted("order.read", {
    method: "PUT",
    path: "/lab-orders/{id}/status/",
    tag,
    summary: "Move an order: start, complete, sign off, cancel",
    example: { request: { status: "IN_PROGRESS" }, response: { ...example, status: "IN_PROGRESS", version: 2 } },
  })
    .input(orderStatusInput)
    .output(order)
    .mutation(({ ctx, input }) => setOrderStatus(ctx, input)),
  counts: permitted("order.read")
    .input(z.strictObject({ mine: z.boolean().optional() }).optional())
    .output(
      z.object({
        ORDERED: z.number(),
        IN_PROGRESS: z.number(),
        COMPLETED: z.number(),
        REVIEWED: z.number(),
        CANCELLED: z.number(),
        stat: z.number(),
        critical: z.number(),
      }),
    )
    .query(({ ctx, input }) => ctx.work((work) => countsOfOrders(work, { mine: input?.mine ?? false }))),
  volume: permitted("order.volume")
    .input(orderVolume)
    .output(
      z.object({
        items: z.array(
          z.object({ testCode: z.string(), testName: z.string(), completed: z.number(), stat: z.number() }),
        ),
      }),
    )
    .query(({ ctx, input }) =>
      ctx.work(async ({ connection, scope }) => ({
        items: await countVolume(connection, {
          tenantId: scope.tenantId,
          facilityId: ctx.session.facility.id,
          ...input,
          timeZone: ctx.session.facility.timeZone,
        }),
      })),
    ),
});

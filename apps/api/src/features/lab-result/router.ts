import { uuid } from "@infirmary/shared/core";
import {
  benchRow,
  benchStages,
  grid,
  labResult,
  labResultCorrect,
  labResultEnter,
  labResultStep,
} from "@infirmary/shared/lab-result";
import { z } from "zod";
import { permitted, router } from "../../core/trpc.ts";
import { readBench } from "./bench-store.ts";
import { correctResult, enterResult } from "./enter-result.ts";
import { readGrid } from "./read-results.ts";
import { releaseOrder, releaseResult, verifyOrder, verifyResult } from "./release-result.ts";

const tag = "Laboratory";
const example = {
  id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8f21",
  orderItemId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8f11",
  orderId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a31",
  patientId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a11",
  code: "2823-3",
  value: "6.9",
  unit: "mmol/L",
  referenceRange: "3.5-5.1",
  flag: "HH",
  isCritical: true,
  isDelta: false,
  isPreliminary: false,
  note: null,
  status: "ENTERED",
  correctsId: null,
  reason: null,
  enteredById: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a04",
  enteredByName: "Priya Natarajan",
  enteredAt: "2026-11-02T09:40:00.000Z",
  verifiedByName: null,
  verifiedAt: null,
  releasedByName: null,
  releasedAt: null,
  version: 1,
};
const step = (name: string, summary: string, request: object, response: object) =>
  ({
    method: "POST",
    path: `/lab/results/{id}/${name}/`,
    tag,
    summary,
    example: { request, response: { ...example, ...response } },
  }) as const;

export const labResultRouter = router({
  /** What an order asks for; `orderItemId` is what a value is entered for. */
  grid: permitted("result.enter", {
    method: "GET",
    path: "/lab/results/",
    tag,
    summary: "The tests of an order with ranges, what went before and what is entered",
    example: { request: { orderId: example.orderId }, response: { orderId: example.orderId, items: [] } },
  })
    .input(z.strictObject({ orderId: uuid }))
    .output(grid)
    .query(({ ctx, input }) => ctx.work((work) => readGrid(work, input))),
  enter: permitted("result.enter", {
    method: "POST",
    path: "/lab/results/",
    tag,
    summary: "Enter a value, or change one that is not released",
    status: 201,
    example: {
      request: { orderItemId: example.orderItemId, value: "6.9", unit: "mmol/L", isCritical: true },
      response: example,
    },
  })
    .input(labResultEnter)
    .output(labResult)
    .mutation(({ ctx, input }) => ctx.work((work) => enterResult(work, input))),
  verify: permitted(
    "result.verify",
    step("verify", "Verify a value that somebody else entered", { version: 1 }, { status: "VERIFIED", version: 2 }),
  )
    .input(labResultStep)
    .output(labResult)
    .mutation(({ ctx, input }) => ctx.work((work) => verifyResult(work, input))),
  release: permitted(
    "result.verify",
    step("release", "Release a verified value to the doctors", { version: 2 }, { status: "RELEASED", version: 3 }),
  )
    .input(labResultStep)
    .output(labResult)
    .mutation(({ ctx, input }) => ctx.work((work) => releaseResult(work, input))),
  correct: permitted(
    "result.enter",
    step(
      "correct",
      "Enter what a released value should have been",
      { value: "4.9", reason: "Wrong tube" },
      { value: "4.9", flag: "N", isCritical: false },
    ),
  )
    .input(labResultCorrect)
    .output(labResult)
    .mutation(({ ctx, input }) => ctx.work((work) => correctResult(work, input))),
  verifyOrder: permitted("result.verify")
    .input(z.strictObject({ orderId: uuid }))
    .output(z.object({ verified: z.number() }))
    .mutation(({ ctx, input }) => ctx.work((work) => verifyOrder(work, input))),
  releaseOrder: permitted("result.verify")
    .input(z.strictObject({ orderId: uuid }))
    .output(z.object({ released: z.number() }))
    .mutation(({ ctx, input }) => ctx.work((work) => releaseOrder(work, input))),
  bench: permitted("result.enter")
    .input(z.strictObject({ department: z.string().max(60).optional(), stage: benchStages.optional() }))
    .output(
      z.object({
        items: z.array(benchRow),
        counts: z.array(
          z.object({ department: z.string(), stage: benchStages, count: z.number(), overdue: z.number() }),
        ),
      }),
    )
    .query(({ ctx, input }) =>
      ctx.work(async ({ connection, scope, audit }) => {
        const { items, counts } = await readBench(connection, {
          tenantId: scope.tenantId,
          facilityId: ctx.session.facility.id,
          department: input.department ?? null,
          stage: input.stage ?? null,
          limit: 200,
        });
        const patientIds = [...new Set(items.map(({ patientId }) => patientId))];
        if (patientIds.length > 0) audit({ action: "lab-result.bench", entity: "order", after: { patientIds } });
        return {
          items: items.map(({ patientId: _, ...row }) => ({
            ...row,
            orderedAt: row.orderedAt.toISOString(),
            dueAt: row.dueAt?.toISOString() ?? null,
          })),
          counts,
        };
      }),
    ),
});

import { pageOf, uuid } from "@infirmary/shared/core";
import {
  specimen,
  specimenAliquot,
  specimenCollect,
  specimenDetail,
  specimenDiscard,
  specimenLabel,
  specimenList,
  specimenReceive,
  specimenReject,
  specimenStore,
} from "@infirmary/shared/specimen";
import { z } from "zod";
import { permitted, router } from "../../core/trpc.ts";
import { aliquotSpecimen, collectSpecimen } from "./collect-specimen.ts";
import { example } from "./example.ts";
import { labelSpecimen } from "./label-specimen.ts";
import { discardSpecimen, receiveSpecimen, rejectSpecimen, storeSpecimen } from "./move-specimen.ts";
import { findScanned, getSpecimen, listSpecimens, specimensOfOrder } from "./read-specimens.ts";

const tag = "Laboratory";
const { history: _, aliquots: __, facilityName: ___, ...item } = example;
const step = (name: string, summary: string, request: object, response: object = {}) =>
  ({
    method: "POST",
    path: `/lab/samples/{id}/${name}/`,
    tag,
    summary,
    example: { request, response: { ...example, ...response } },
  }) as const;

export const specimenRouter = router({
  list: permitted("specimen.read", {
    method: "GET",
    path: "/lab/samples/",
    tag,
    summary: "Tubes of the facility worked at, the latest first",
    example: { request: { status: "COLLECTED" }, response: { items: [item], nextCursor: null } },
  })
    .input(specimenList)
    .output(pageOf(specimen))
    .query(({ ctx, input }) => ctx.work((work) => listSpecimens(work, input))),
  collect: permitted("specimen.collect", {
    method: "POST",
    path: "/lab/samples/",
    tag,
    summary: "Collect one tube for orders of one patient",
    status: 201,
    example: { request: { orderIds: ["0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a31"] }, response: example },
  })
    .input(specimenCollect)
    .output(specimenDetail)
    .mutation(({ ctx, input }) => ctx.work((work) => collectSpecimen(work, input))),
  get: permitted("specimen.read", {
    method: "GET",
    path: "/lab/samples/{id}/",
    tag,
    summary: "One tube with its history",
    example: { response: example },
  })
    .input(z.strictObject({ id: uuid }))
    .output(specimenDetail)
    .query(({ ctx, input }) => ctx.work((work) => getSpecimen(work, input))),
  receive: permitted(
    "specimen.process",
    step(
      "receive",
      "Take a tube in",
      { barcode: example.barcode, receivedAt: "2026-11-02T09:20:00Z" },
      { status: "RECEIVED" },
    ),
  )
    .input(specimenReceive)
    .output(specimenDetail)
    .mutation(({ ctx, input }) => ctx.work((work) => receiveSpecimen(work, input))),
  reject: permitted(
    "specimen.process",
    step(
      "reject",
      "Turn a tube away; who ordered is told",
      { reason: "HEMOLYZED" },
      { status: "REJECTED", rejectReason: "HEMOLYZED" },
    ),
  )
    .input(specimenReject)
    .output(specimenDetail)
    .mutation(({ ctx, input }) => ctx.work((work) => rejectSpecimen(work, input))),
  aliquot: permitted(
    "specimen.process",
    step("aliquot", "Pour a part off into a tube of its own", { place: "Rack B4" }),
  )
    .input(specimenAliquot)
    .output(specimenDetail)
    .mutation(({ ctx, input }) => ctx.work((work) => aliquotSpecimen(work, input))),
  store: permitted(
    "specimen.process",
    step("store", "Put a tube away", { place: "Fridge 2, B4" }, { status: "STORED", place: "Fridge 2, B4" }),
  )
    .input(specimenStore)
    .output(specimenDetail)
    .mutation(({ ctx, input }) => ctx.work((work) => storeSpecimen(work, input))),
  discard: permitted("specimen.process", step("discard", "Throw a tube away", {}, { status: "DISCARDED" }))
    .input(specimenDiscard)
    .output(specimenDetail)
    .mutation(({ ctx, input }) => ctx.work((work) => discardSpecimen(work, input))),
  label: permitted("specimen.collect")
    .input(z.strictObject({ id: uuid }))
    .output(specimenLabel)
    .mutation(({ ctx, input }) => ctx.work((work) => labelSpecimen(work, input))),
  ofOrder: permitted("specimen.read")
    .input(z.strictObject({ orderId: uuid, patientId: uuid }))
    .output(
      z.object({
        items: z.array(specimen),
        collectable: z.array(
          z.object({
            id: z.string(),
            orderNumber: z.string(),
            testName: z.string(),
            containerName: z.string().nullable(),
            cap: z.string().nullable(),
            hasSpecimen: z.boolean(),
          }),
        ),
      }),
    )
    .query(({ ctx, input }) => ctx.work((work) => specimensOfOrder(work, input))),
  /** A scan anywhere: what the code is the number of. */
  scan: permitted("patient.read")
    .input(
      z.strictObject({
        code: z.string().min(1).max(60),
        expected: z.enum(["specimen", "order", "patient"]).optional(),
      }),
    )
    .output(z.object({ kind: z.enum(["specimen", "order", "patient"]), id: z.string() }))
    .mutation(({ ctx, input }) => ctx.work((work) => findScanned(work, input))),
});

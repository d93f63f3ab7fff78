import { pageInput, pageOf, uuid } from "@infirmary/shared/core";
import { orderStatuses } from "@infirmary/shared/order";
import { observation, resultPreview, trend } from "@infirmary/shared/result";
import { z } from "zod";
import { permitted, router } from "../../core/trpc.ts";
import { messageBytes } from "../hl7/index.ts";
import { exampleMessage, exampleObservation } from "./example.ts";
import { previewResult } from "./preview-result.ts";
import {
  listResults,
  messagesOfOrder,
  rawMessage,
  resultHistory,
  resultsOfPatient,
  resultTrend,
  resultTrends,
} from "./read-results.ts";
import { uploadResult } from "./upload-result.ts";

const tag = "Results";
const ofOrder = z.strictObject({ orderId: uuid });

export const resultRouter = router({
  preview: permitted("result.upload")
    .input(z.strictObject({ contentBase64: messageBytes, orderId: uuid.optional() }))
    .output(z.object({ messages: z.array(resultPreview) }))
    .mutation(({ ctx, input }) =>
      ctx.look((work) => previewResult(work, { bytes: input.contentBase64, orderId: input.orderId })),
    ),
  upload: permitted(
    "result.upload",
    {
      method: "POST",
      path: "/lab-orders/{orderId}/results/",
      tag,
      summary: "File the results of one HL7 v2 message (ORU^R01, ORU^R30, OUL^R22)",
      body: "hl7",
      status: (output: { alreadyFiled: boolean }) => (output.alreadyFiled ? 200 : 201),
      statuses: [200, 201],
      example: {
        request: { hl7Message: exampleMessage },
        response: {
          messageId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a51",
          alreadyFiled: false,
          orderStatus: "COMPLETED",
          results: [exampleObservation],
        },
      },
    },
    { budget: "upload" },
  )
    .input(
      z.strictObject({
        orderId: uuid,
        contentBase64: messageBytes,
        index: z.number().int().min(0).max(100_000).optional(),
        fileName: z.string().max(200).nullish(),
      }),
    )
    .output(
      z.object({
        messageId: z.string(),
        alreadyFiled: z.boolean(),
        orderStatus: orderStatuses,
        results: z.array(observation),
      }),
    )
    .mutation(({ ctx, input }) =>
      uploadResult(ctx, {
        orderId: input.orderId,
        bytes: input.contentBase64,
        index: input.index,
        fileName: input.fileName,
      }),
    ),
  list: permitted("result.read", {
    method: "GET",
    path: "/lab-orders/{orderId}/results/",
    tag,
    summary: "The present values of an order",
    example: { response: { items: [exampleObservation] } },
  })
    .input(ofOrder)
    .output(z.object({ items: z.array(observation) }))
    .query(({ ctx, input }) => ctx.work((work) => listResults(work, input))),
  history: permitted("result.read", {
    method: "GET",
    path: "/results/{observationId}/history/",
    tag,
    summary: "Every version of a value, newest first",
    example: { response: { items: [exampleObservation] } },
  })
    .input(z.strictObject({ observationId: uuid }))
    .output(z.object({ items: z.array(observation) }))
    .query(({ ctx, input }) => ctx.work((work) => resultHistory(work, input))),
  byPatient: permitted("result.read")
    // The portal's infinite lists say the direction they walk in; there is only one.
    .input(pageInput.extend({ patientId: uuid, direction: z.literal("forward").optional() }))
    .output(pageOf(observation.extend({ orderId: z.string(), orderNumber: z.string() })))
    .query(({ ctx, input }) => ctx.work((work) => resultsOfPatient(work, input))),
  trend: permitted("result.read")
    .input(z.strictObject({ patientId: uuid, code: z.string().min(1).max(60) }))
    .output(trend)
    .query(({ ctx, input }) => ctx.work((work) => resultTrend(work, input))),
  /** For a panel: one look, however many values it has. */
  trends: permitted("result.read")
    .input(z.strictObject({ patientId: uuid, codes: z.array(z.string().min(1).max(60)).min(1).max(60) }))
    .output(z.object({ items: z.array(trend) }))
    .query(({ ctx, input }) => ctx.work((work) => resultTrends(work, input))),
  messages: permitted("result.read")
    .input(ofOrder)
    .output(
      z.object({
        items: z.array(
          z.object({
            id: z.string(),
            controlId: z.string(),
            type: z.string(),
            version: z.string(),
            sender: z.string(),
            receivedAt: z.string(),
            receivedByName: z.string().nullable(),
            partnerName: z.string().nullable(),
            fileName: z.string().nullable(),
            sizeBytes: z.number(),
          }),
        ),
      }),
    )
    .query(({ ctx, input }) => ctx.work((work) => messagesOfOrder(work, input))),
  rawMessage: permitted("result.read")
    .input(z.strictObject({ messageId: uuid }))
    .output(z.object({ text: z.string(), contentBase64: z.string() }))
    .query(({ ctx, input }) => ctx.work((work) => rawMessage(work, input))),
});

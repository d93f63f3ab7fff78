import { pageOf, uuid } from "@infirmary/shared/core";
import {
  unmatchedDetail,
  unmatchedListInput,
  unmatchedMatchInput,
  unmatchedMessage,
  unmatchedRejectInput,
  unmatchedStatuses,
} from "@infirmary/shared/unmatched";
import { z } from "zod";
import { permitted, router } from "../../core/trpc.ts";
import { messageBytes } from "../hl7/index.ts";
import { getUnmatched, listUnmatched } from "./read-desk.ts";
import { matchMessage, rejectMessage, replayMessage } from "./resolve-message.ts";

const tag = "Unmatched messages";
const id = "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a71";
const resolved = z.object({
  id: z.string(),
  status: unmatchedStatuses,
  version: z.number(),
  messageId: z.string().nullable(),
  orderId: z.string().nullable(),
});
const filed = {
  id,
  status: "FILED",
  version: 2,
  messageId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a51",
  orderId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a41",
};
const waiting = {
  id,
  controlId: "MSG00043",
  sender: "LAB|STANNES",
  partnerName: "Chemistry analyser",
  type: "ORU^R01",
  reason: "order-not-found",
  path: "OBR-2",
  problems: [{ path: "OBR-2", message: "There is no order of this number." }],
  status: "WAITING",
  receivedAt: "2026-11-02T14:30:02.000Z",
  resolvedAt: null,
  resolvedByName: null,
  resolution: null,
  version: 1,
  candidates: [
    {
      orderId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a41",
      orderNumber: "L0000422",
      testName: "Potassium",
      status: "ORDERED",
      orderedAt: "2026-11-02T13:00:00.000Z",
      patient: {
        id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a31",
        mrn: "1000427",
        firstName: "Jane",
        lastName: "Doe",
        dateOfBirth: "1980-01-01",
        gender: "female",
      },
      score: 97,
      agrees: ["record number", "birth date", "family name", "given name", "test"],
    },
  ],
};

export const unmatchedRouter = router({
  list: permitted("result.upload", {
    method: "GET",
    path: "/lab/unmatched/",
    tag,
    summary: "Messages that could not be filed, with the orders they could belong to",
    example: { response: { items: [waiting], nextCursor: null } },
  })
    .input(unmatchedListInput)
    .output(pageOf(unmatchedMessage))
    .query(({ ctx, input }) => ctx.work((work) => listUnmatched(work, input))),
  get: permitted("result.upload")
    .input(z.strictObject({ id: uuid }))
    .output(unmatchedDetail)
    .query(({ ctx, input }) => ctx.work((work) => getUnmatched(work, input))),
  match: permitted("result.upload", {
    method: "POST",
    path: "/lab/unmatched/{id}/match/",
    tag,
    summary: "File the message with this order",
    example: {
      request: { orderId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a41", reason: "Number misread at the analyser" },
      response: filed,
    },
  })
    .input(unmatchedMatchInput)
    .output(resolved)
    .mutation(({ ctx, input }) => ctx.work((work) => matchMessage(work, input))),
  replay: permitted("result.upload", {
    method: "POST",
    path: "/lab/unmatched/{id}/replay/",
    tag,
    summary: "Try the message again, as it is or mended (base64)",
    example: { request: { version: 1 }, response: filed },
  })
    .input(
      z.strictObject({ id: uuid, contentBase64: messageBytes.optional(), version: z.number().int().min(1).optional() }),
    )
    .output(resolved)
    .mutation(({ ctx, input }) =>
      ctx.work((work) =>
        replayMessage(work, { id: input.id, bytes: input.contentBase64 ?? null, version: input.version }),
      ),
    ),
  reject: permitted("result.upload", {
    method: "POST",
    path: "/lab/unmatched/{id}/reject/",
    tag,
    summary: "Put the message away, with a reason",
    example: {
      request: { reason: "Not a patient of this hospital" },
      response: { ...filed, status: "REJECTED", messageId: null, orderId: null },
    },
  })
    .input(unmatchedRejectInput)
    .output(resolved)
    .mutation(({ ctx, input }) => ctx.work((work) => rejectMessage(work, input))),
});

import { z } from "zod";
import { pageInput, text, uuid } from "../core/index.ts";
import { orderStatuses } from "../order/status.ts";
import { genders } from "../patient/patient.ts";
import { resultPreview } from "../result/index.ts";
import { type UnmatchedReason, unmatchedReasonNames } from "./reason.ts";

export const unmatchedReasons = z.enum(Object.keys(unmatchedReasonNames) as [UnmatchedReason, ...UnmatchedReason[]]);
export const unmatchedStatuses = z.enum(["WAITING", "FILED", "REJECTED"]);
export type UnmatchedStatus = z.infer<typeof unmatchedStatuses>;

export const unmatchedStatusNames: Record<UnmatchedStatus, string> = {
  WAITING: "Waiting",
  FILED: "Filed",
  REJECTED: "Rejected",
};

/** An order a waiting message could belong to, and what speaks for it. The best comes first; none is ever taken by itself. */
export const unmatchedCandidate = z.object({
  orderId: z.string(),
  orderNumber: z.string(),
  testName: z.string(),
  status: orderStatuses,
  orderedAt: z.string(),
  patient: z.object({
    id: z.string(),
    mrn: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    dateOfBirth: z.string(),
    gender: genders,
  }),
  /** 0 to 100. */
  score: z.number(),
  /** What agrees: "record number", "birth date", "family name", "given name", "sex", "test". */
  agrees: z.array(z.string()),
});
export type UnmatchedCandidate = z.infer<typeof unmatchedCandidate>;

/** A message that could not be filed. `path` is the first place that kept it. */
export const unmatchedMessage = z.object({
  id: z.string(),
  controlId: z.string(),
  sender: z.string(),
  partnerName: z.string().nullable(),
  type: z.string(),
  reason: unmatchedReasons,
  path: z.string(),
  problems: z.array(z.object({ path: z.string(), message: z.string() })),
  status: unmatchedStatuses,
  receivedAt: z.string(),
  resolvedAt: z.string().nullable(),
  resolvedByName: z.string().nullable(),
  resolution: z.string().nullable(),
  version: z.number(),
  candidates: z.array(unmatchedCandidate),
});
export type UnmatchedMessage = z.infer<typeof unmatchedMessage>;

/** The same with the message itself: its text with every fault in place, one character a byte. */
export const unmatchedDetail = unmatchedMessage.extend({ preview: resultPreview });
export type UnmatchedDetail = z.infer<typeof unmatchedDetail>;

export const unmatchedListInput = pageInput.extend({ status: unmatchedStatuses.default("WAITING") });

const version = z.number().int().min(1).optional();
export const unmatchedMatchInput = z.strictObject({
  id: uuid,
  orderId: uuid,
  /** Why the message belongs there although it says something else; needed only then. */
  reason: text(500).nullish(),
  version,
});
export const unmatchedRejectInput = z.strictObject({ id: uuid, reason: text(500), version });

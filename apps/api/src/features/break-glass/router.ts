import {
  breakGlass,
  breakGlassList,
  breakGlassOpen,
  breakGlassReview,
  ownBreakGlass,
} from "@infirmary/shared/break-glass";
import { pageOf, uuid } from "@infirmary/shared/core";
import { z } from "zod";
import { permitted, router, signedIn } from "../../core/trpc.ts";
import { closeBreakGlass, openBreakGlass, ownBreakGlasses } from "./open-break-glass.ts";
import { listReviews, reviewBreakGlass } from "./review-break-glass.ts";

const tag = "Emergency access";
const own = {
  id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a91",
  patient: { id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a21", mrn: "1000427", firstName: "Jane", lastName: "Doe" },
  reasonCode: "EMERGENCY",
  startedAt: "2026-11-02T08:10:00.000Z",
  expiresAt: "2026-11-02T09:10:00.000Z",
};
const example = {
  ...own,
  userId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a11",
  userName: "Dr John Smith",
  userTitle: "Consultant",
  facilityName: "Riverside Clinic",
  reasonText: "Unconscious in the waiting room",
  endedAt: null,
  reviewDueAt: "2026-11-05T08:10:00.000Z",
  lookups: 3,
  review: null,
  version: 1,
};

export const breakGlassRouter = router({
  open: permitted(
    "patient.break-glass",
    {
      method: "POST",
      path: "/patients/{patientId}/break-glass/",
      tag,
      summary: "Open a patient's record out of scope for an hour, with a reason; the privacy officer is told",
      status: 201,
      example: {
        request: { reasonCode: "EMERGENCY", reasonText: "Unconscious in the waiting room" },
        response: own,
      },
    },
    { stepUp: true },
  )
    .input(breakGlassOpen)
    .output(ownBreakGlass)
    .mutation(({ ctx, input }) => openBreakGlass(ctx, input)),
  own: signedIn()
    .output(z.object({ items: z.array(ownBreakGlass) }))
    .query(({ ctx }) => ctx.work((work) => ownBreakGlasses(work))),
  end: signedIn()
    .input(z.strictObject({ id: uuid }))
    .mutation(({ ctx, input }) => ctx.work((work) => closeBreakGlass(work, input))),
  list: permitted("privacy.review", {
    method: "GET",
    path: "/break-glass/",
    tag,
    summary: "Emergency accesses to review, by their deadline, or those reviewed",
    example: { request: { state: "waiting", limit: 25 }, response: { items: [example], nextCursor: null } },
  })
    .input(breakGlassList)
    .output(pageOf(breakGlass))
    .query(({ ctx, input }) => ctx.work((work) => listReviews(work, input))),
  review: permitted("privacy.review", {
    method: "PUT",
    path: "/break-glass/{id}/review/",
    tag,
    summary: "Record what the review of an emergency access found",
    example: {
      request: { version: 1, outcome: "JUSTIFIED" },
      response: {
        ...example,
        version: 2,
        review: {
          outcome: "JUSTIFIED",
          comment: null,
          reviewedByName: "Grace Adeyemi",
          reviewedAt: "2026-11-03T09:00:00.000Z",
        },
      },
    },
  })
    .input(breakGlassReview)
    .output(breakGlass)
    .mutation(({ ctx, input }) => ctx.work((work) => reviewBreakGlass(work, input))),
});

import { pageOf, uuid } from "@infirmary/shared/core";
import {
  assessmentInput,
  blocker,
  encounter,
  encounterCancel,
  encounterClose,
  encounterCreate,
  encounterList,
  encounterStep,
  planInput,
} from "@infirmary/shared/encounter";
import { z } from "zod";
import { permitted, router } from "../../core/trpc.ts";
import { closeEncounter, readBlockers } from "./close-encounter.ts";
import { createEncounter } from "./create-encounter.ts";
import { getEncounter } from "./encounter.ts";
import { encounterExample as example } from "./example.ts";
import { listEncounters } from "./list-encounters.ts";
import { cancelEncounter, checkIn, startConsult } from "./steps.ts";
import { writeText } from "./write-text.ts";

const tag = "Visits";

export const encounterRouter = router({
  list: permitted("encounter.read", {
    method: "GET",
    path: "/encounters/",
    tag,
    summary: "Visits",
    example: { request: { status: "ARRIVED", limit: 25 }, response: { items: [example], nextCursor: null } },
  })
    .input(encounterList)
    .output(pageOf(encounter))
    .query(({ ctx, input }) => ctx.work((work) => listEncounters(work, input))),
  create: permitted("encounter.write", {
    method: "POST",
    path: "/encounters/",
    tag,
    summary: "Plan a visit",
    status: 201,
    example: {
      request: { patientId: example.patientId, reason: example.reason, scheduledAt: example.scheduledAt },
      response: { ...example, status: "PLANNED", arrivedAt: null, version: 1 },
    },
  })
    .input(encounterCreate)
    .output(encounter)
    .mutation(({ ctx, input }) => ctx.work((work) => createEncounter(work, input))),
  get: permitted("encounter.read", {
    method: "GET",
    path: "/encounters/{id}/",
    tag,
    summary: "One visit",
    example: { response: example },
  })
    .input(z.strictObject({ id: uuid }))
    .output(encounter)
    .query(({ ctx, input }) => ctx.work((work) => getEncounter(work, input))),
  checkIn: permitted("encounter.check-in", {
    method: "POST",
    path: "/encounters/{id}/check-in/",
    tag,
    summary: "The patient has arrived",
    example: { request: {}, response: example },
  })
    .input(encounterStep)
    .output(encounter)
    .mutation(({ ctx, input }) => checkIn(ctx, input)),
  startConsult: permitted("encounter.consult", {
    method: "POST",
    path: "/encounters/{id}/start-consult/",
    tag,
    summary: "Start the consultation, as the doctor who sees the patient",
    example: { request: {}, response: { ...example, status: "IN_CONSULT", version: 4 } },
  })
    .input(encounterStep)
    .output(encounter)
    .mutation(({ ctx, input }) => startConsult(ctx, input)),
  assessment: permitted("encounter.consult", {
    method: "POST",
    path: "/encounters/{id}/assessment/",
    tag,
    summary: "Write the assessment",
    example: {
      request: { assessment: "Community-acquired pneumonia, right lower lobe" },
      response: { ...example, status: "IN_CONSULT", assessment: "Community-acquired pneumonia, right lower lobe" },
    },
  })
    .input(assessmentInput)
    .output(encounter)
    .mutation(({ ctx, input: { assessment: text, ...input } }) => writeText(ctx, "assessment", { ...input, text })),
  plan: permitted("encounter.consult", {
    method: "POST",
    path: "/encounters/{id}/plan/",
    tag,
    summary: "Write the plan",
    example: {
      request: { plan: "Amoxicillin 500 mg three times a day for 5 days; back if worse" },
      response: { ...example, status: "IN_CONSULT", plan: "Amoxicillin 500 mg three times a day for 5 days" },
    },
  })
    .input(planInput)
    .output(encounter)
    .mutation(({ ctx, input: { plan: text, ...input } }) => writeText(ctx, "plan", { ...input, text })),
  blockers: permitted("encounter.consult")
    .input(z.strictObject({ id: uuid }))
    .output(z.object({ items: z.array(blocker) }))
    .query(({ ctx, input }) => ctx.work((work) => readBlockers(work, input))),
  close: permitted("encounter.consult", {
    method: "POST",
    path: "/encounters/{id}/close/",
    tag,
    summary: "Close the visit; 409 close-blocked with `blockers` where something is open",
    example: { request: {}, response: { ...example, status: "COMPLETED", version: 9 } },
  })
    .input(encounterClose)
    .output(encounter)
    .mutation(({ ctx, input }) => closeEncounter(ctx, input)),
  cancel: permitted("encounter.write", {
    method: "POST",
    path: "/encounters/{id}/cancel/",
    tag,
    summary: "Cancel a visit that has not come to a consultation",
    example: { request: { reason: "The patient called off" }, response: { ...example, status: "CANCELLED" } },
  })
    .input(encounterCancel)
    .output(encounter)
    .mutation(({ ctx, input }) => cancelEncounter(ctx, input)),
});

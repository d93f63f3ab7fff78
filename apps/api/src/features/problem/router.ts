import { uuid } from "@infirmary/shared/core";
import { problem, problemCreate, problemStep } from "@infirmary/shared/problem";
import { z } from "zod";
import { permitted, router } from "../../core/trpc.ts";
import { addProblem, readProblems, setProblemStatus } from "./write-problem.ts";

const tag = "Patients";
const example = {
  id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8c01",
  patientId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a21",
  code: "I10",
  title: "Essential (primary) hypertension",
  status: "ACTIVE",
  onsetDate: "2019-05-01",
  recordedAt: "2026-11-02T08:20:00.000Z",
  recordedByName: "Dr John Smith",
  resolvedAt: null,
  version: 1,
};

export const problemRouter = router({
  list: permitted("encounter.read", {
    method: "GET",
    path: "/patients/{patientId}/problems/",
    tag,
    summary: "A patient's problem list, active ones first",
    example: { response: { items: [example] } },
  })
    .input(z.strictObject({ patientId: uuid }))
    .output(z.object({ items: z.array(problem) }))
    .query(({ ctx, input }) => ctx.work((work) => readProblems(work, input))),
  add: permitted("diagnosis.write", {
    method: "POST",
    path: "/patients/{patientId}/problems/",
    tag,
    summary: "Put a problem on the list",
    status: 201,
    example: { request: { code: "I10", onsetDate: "2019-05-01" }, response: example },
  })
    .input(problemCreate)
    .output(problem)
    .mutation(({ ctx, input }) => ctx.work((work) => addProblem(work, input))),
  resolve: permitted("diagnosis.write", {
    method: "POST",
    path: "/problems/{id}/resolve/",
    tag,
    summary: "Mark a problem resolved",
    example: { request: { version: 1 }, response: { ...example, status: "RESOLVED", version: 2 } },
  })
    .input(problemStep)
    .output(problem)
    .mutation(({ ctx, input }) => ctx.work((work) => setProblemStatus(work, { ...input, status: "RESOLVED" }))),
  reopen: permitted("diagnosis.write")
    .input(problemStep)
    .output(problem)
    .mutation(({ ctx, input }) => ctx.work((work) => setProblemStatus(work, { ...input, status: "ACTIVE" }))),
});

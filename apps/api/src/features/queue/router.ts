import { uuid } from "@infirmary/shared/core";
import {
  board,
  display,
  displayAdd,
  queueEntry,
  queueNext,
  queueStep,
  queueUndo,
  servicePoint,
  servicePointAdd,
  servicePointUpdate,
} from "@infirmary/shared/queue";
import { z } from "zod";
import { open, permitted, router } from "../../core/trpc.ts";
import { addDisplay, addPoint, lookAtBoard, readDisplays, readPoints, savePoint, takeDown } from "./points.ts";
import { callNext, listQueue, stepInQueue, undoInQueue } from "./steps.ts";

const tag = "Queue";
const point = { id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8c01", code: "T", name: "Triage", isActive: true, version: 1 };
const example = {
  id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8c11",
  ticket: "A017",
  patientId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a21",
  patient: { mrn: "1000427", firstName: "Jane", lastName: "Doe", dateOfBirth: "1980-01-01", gender: "female" },
  encounterId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8b01",
  servicePointId: null,
  servicePointName: null,
  priority: "ROUTINE",
  status: "WAITING",
  waitingSince: "2026-11-02T07:52:00.000Z",
  calledAt: null,
  risk: null,
  version: 1,
};
const called = {
  ...example,
  status: "CALLED",
  servicePointId: point.id,
  servicePointName: point.name,
  calledAt: "2026-11-02T08:01:00.000Z",
  version: 2,
};
const points = z.object({ items: z.array(servicePoint) });
const displays = z.object({ items: z.array(display) });
const shownDisplay = { id: point.id, name: "Waiting room, ground floor", createdAt: "2026-11-01T08:00:00.000Z" };

export const queueRouter = router({
  list: permitted("queue.read", {
    method: "GET",
    path: "/queue/",
    tag,
    summary: "Who waits or is called, in the order of calling",
    example: { response: { items: [example] } },
  })
    .output(z.object({ items: z.array(queueEntry) }))
    .query(({ ctx }) => ctx.work(listQueue)),
  next: permitted("queue.call", {
    method: "POST",
    path: "/queue/next/",
    tag,
    summary: "Call the next patient to a service point; `entry` is null where nobody waits for it",
    example: { request: { servicePointId: point.id }, response: { entry: called } },
  })
    .input(queueNext)
    .output(z.object({ entry: queueEntry.nullable() }))
    .mutation(({ ctx, input }) => ctx.work((work) => callNext(work, input))),
  step: permitted("queue.call", {
    method: "PUT",
    path: "/queue/{id}/",
    tag,
    summary: "Call a patient, send them on, say they were seen or left, or change the priority",
    example: { request: { status: "CALLED", servicePointId: point.id, version: 1 }, response: called },
  })
    .input(queueStep)
    .output(queueEntry)
    .mutation(({ ctx, input }) => ctx.work((work) => stepInQueue(work, input))),
  undo: permitted("queue.call", {
    method: "POST",
    path: "/queue/{id}/undo/",
    tag,
    summary: "Take back one's own last step, within a minute",
    example: { request: { version: 2 }, response: { ...example, version: 3 } },
  })
    .input(queueUndo)
    .output(queueEntry)
    .mutation(({ ctx, input }) => ctx.work((work) => undoInQueue(work, input))),
  points: permitted("queue.read", {
    method: "GET",
    path: "/service-points/",
    tag,
    summary: "Where patients are called to",
    example: { response: { items: [point] } },
  })
    .output(points)
    .query(({ ctx }) => ctx.work(readPoints)),
  addPoint: permitted("queue.manage", {
    method: "POST",
    path: "/service-points/",
    tag,
    summary: "Add a service point",
    status: 201,
    example: { request: { code: "T", name: "Triage" }, response: { items: [point] } },
  })
    .input(servicePointAdd)
    .output(points)
    .mutation(({ ctx, input }) => ctx.work((work) => addPoint(work, input))),
  savePoint: permitted("queue.manage", {
    method: "PUT",
    path: "/service-points/{id}/",
    tag,
    summary: "Change a service point, or take it out of use",
    example: { request: { code: "T", name: "Triage 1", isActive: true, version: 1 }, response: { items: [point] } },
  })
    .input(servicePointUpdate)
    .output(points)
    .mutation(({ ctx, input }) => ctx.work((work) => savePoint(work, input))),
  displays: permitted("queue.manage", {
    method: "GET",
    path: "/waiting-displays/",
    tag,
    summary: "The screens of the waiting rooms",
    example: { response: { items: [shownDisplay] } },
  })
    .output(displays)
    .query(({ ctx }) => ctx.work(readDisplays)),
  addDisplay: permitted("queue.manage", {
    method: "POST",
    path: "/waiting-displays/",
    tag,
    summary: "Make a link for a screen; its token is told this once",
    status: 201,
    example: { request: { name: shownDisplay.name }, response: { id: point.id, token: "AZmnwF…" } },
  })
    .input(displayAdd)
    .output(z.object({ id: z.string(), token: z.string() }))
    .mutation(({ ctx, input }) => ctx.work((work) => addDisplay(work, input))),
  takeDown: permitted("queue.manage", {
    method: "DELETE",
    path: "/waiting-displays/{id}/",
    tag,
    summary: "Take a screen down: its link shows nothing any more",
    example: { response: { items: [] } },
  })
    .input(z.strictObject({ id: uuid }))
    .output(displays)
    .mutation(({ ctx, input }) => ctx.work((work) => takeDown(work, input))),
  board: open({
    method: "POST",
    path: "/waiting-board/",
    tag,
    summary: "What a waiting room sees: numbers and places, nobody's name; by the token of a display",
    example: {
      request: { token: "AZmnwF…" },
      response: {
        facilityName: "St Anne's Main",
        timeZone: "America/New_York",
        at: "2026-11-02T08:01:10.000Z",
        called: [{ ticket: "A017", place: "Triage", calledAt: "2026-11-02T08:01:00.000Z" }],
        waiting: [{ ticket: "A018" }],
      },
    },
  })
    .input(z.strictObject({ token: z.string().min(1).max(100) }))
    .output(board)
    .query(({ ctx, input }) => lookAtBoard(ctx.platform, { ...input, requestId: ctx.request.id, ip: ctx.request.ip })),
});

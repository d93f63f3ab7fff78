import { pageOf } from "@infirmary/shared/core";
import { timelineItem, timelineQuery } from "@infirmary/shared/timeline";
import { permitted, router } from "../../core/trpc.ts";
import { timelineOfEncounter, timelineOfPatient } from "./read-timeline.ts";

const example = {
  items: [
    {
      id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8f01",
      at: "2026-11-02T07:58:00.000Z",
      type: "vitals",
      title: "Vital signs: NEWS2 5, medium risk",
      actor: "Jane Whitfield",
      link: "/encounters/0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8b01",
    },
  ],
  nextCursor: null,
};

export const timelineRouter = router({
  ofPatient: permitted("encounter.read", {
    method: "GET",
    path: "/patients/{id}/timeline/",
    tag: "Patients",
    summary: "What happened to a patient, the latest first",
    example: { response: example },
  })
    .input(timelineQuery)
    .output(pageOf(timelineItem))
    .query(({ ctx, input }) => ctx.work((work) => timelineOfPatient(work, input))),
  ofEncounter: permitted("encounter.read", {
    method: "GET",
    path: "/encounters/{id}/timeline/",
    tag: "Visits",
    summary: "What happened in a visit, the latest first",
    example: { response: example },
  })
    .input(timelineQuery)
    .output(pageOf(timelineItem))
    .query(({ ctx, input }) => ctx.work((work) => timelineOfEncounter(work, input))),
});

import { uuid } from "@infirmary/shared/core";
import { vitals, vitalsInput } from "@infirmary/shared/vitals";
import { z } from "zod";
import { permitted, router } from "../../core/trpc.ts";
import { recordVitals } from "./record-vitals.ts";
import { readVitals, setScale } from "./vitals.ts";

const tag = "Visits";
const spo2Scale = z.union([z.literal(1), z.literal(2)]);
const measured = {
  bloodPressureSystolic: 118,
  bloodPressureDiastolic: 74,
  pulse: 96,
  temperature: 38.4,
  spo2: 94,
  respiratoryRate: 22,
  consciousness: "alert",
  onOxygen: false,
};
const example = {
  id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8b11",
  encounterId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8b01",
  patientId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a21",
  ...measured,
  temperatureEntered: "38.4 °C",
  spo2Scale: 1,
  oxygenFlow: null,
  capillaryRefillSeconds: null,
  respiratoryEffort: null,
  news2: { score: 5, risk: "medium" },
  pews: null,
  takenAt: "2026-11-02T07:58:00.000Z",
  recordedAt: "2026-11-02T07:58:00.000Z",
  recordedByName: "Jane Whitfield",
};

export const vitalsRouter = router({
  record: permitted("vitals.record", {
    method: "POST",
    path: "/encounters/{id}/vitals/",
    tag,
    summary: "Record vital signs; answers them with the early warning score",
    status: 201,
    example: { request: measured, response: example },
  })
    .input(vitalsInput)
    .output(vitals)
    .mutation(({ ctx, input }) => recordVitals(ctx, input)),
  list: permitted("encounter.read")
    .input(
      z.strictObject({
        patientId: uuid,
        encounterId: uuid.optional(),
        limit: z.number().int().min(1).max(100).default(50),
      }),
    )
    .output(z.object({ items: z.array(vitals), spo2Scale }))
    .query(({ ctx, input }) => ctx.work((work) => readVitals(work, input))),
  setScale: permitted("vitals.scale")
    .input(z.strictObject({ patientId: uuid, spo2Scale }))
    .output(z.object({ spo2Scale }))
    .mutation(({ ctx, input }) => ctx.work((work) => setScale(work, input))),
});

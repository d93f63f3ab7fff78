import { allergyCreate, allergyList } from "@infirmary/shared/allergy";
import { text, uuid } from "@infirmary/shared/core";
import { z } from "zod";
import { permitted, router } from "../../core/trpc.ts";
import { addAllergy, noneKnown, readAllergies, refute } from "./write-allergy.ts";

const tag = "Patients";
const ofPatient = z.strictObject({ patientId: uuid });
const example = {
  status: "LISTED",
  askedAt: "2026-11-02T07:55:00.000Z",
  askedByName: "Jane Whitfield",
  items: [
    {
      id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8d01",
      substance: "Penicillin",
      severity: "severe",
      reaction: "Swelling of the face within minutes",
      recordedAt: "2026-11-02T07:55:00.000Z",
      recordedByName: "Jane Whitfield",
      version: 1,
    },
  ],
};

export const allergyRouter = router({
  list: permitted("patient.read", {
    method: "GET",
    path: "/patients/{patientId}/allergies/",
    tag,
    summary: "A patient's allergies: not asked, none known, or the list",
    example: { response: example },
  })
    .input(ofPatient)
    .output(allergyList)
    .query(({ ctx, input }) => ctx.work((work) => readAllergies(work, input))),
  add: permitted("allergy.write", {
    method: "POST",
    path: "/patients/{patientId}/allergies/",
    tag,
    summary: "Add what a patient does not tolerate",
    status: 201,
    example: { request: { substance: "Penicillin", severity: "severe" }, response: example },
  })
    .input(allergyCreate)
    .output(allergyList)
    .mutation(({ ctx, input }) => ctx.work((work) => addAllergy(work, input))),
  noneKnown: permitted("allergy.write", {
    method: "POST",
    path: "/patients/{patientId}/allergies/none-known/",
    tag,
    summary: "The patient was asked and knows of no allergy",
    example: { request: {}, response: { ...example, status: "NONE_KNOWN", items: [] } },
  })
    .input(ofPatient)
    .output(allergyList)
    .mutation(({ ctx, input }) => ctx.work((work) => noneKnown(work, input))),
  refute: permitted("allergy.write", {
    method: "POST",
    path: "/allergies/{id}/refute/",
    tag,
    summary: "Take a wrong entry off the list",
    example: { request: { reason: "It was her sister's" }, response: { ...example, status: "NOT_ASKED", items: [] } },
  })
    .input(z.strictObject({ id: uuid, reason: text(300) }))
    .output(allergyList)
    .mutation(({ ctx, input }) => ctx.work((work) => refute(work, input))),
});

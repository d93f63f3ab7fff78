import { pageOf, uuid } from "@infirmary/shared/core";
import {
  duplicateInput,
  patient,
  patientCreate,
  patientDuplicate,
  patientElsewhere,
  patientList,
  patientSearch,
  patientUpdate,
  revealSsnInput,
} from "@infirmary/shared/patient";
import { z } from "zod";
import { permitted, router } from "../../core/trpc.ts";
import { createPatient } from "./create-patient.ts";
import { patientExample as example, patientCreateExample } from "./example.ts";
import { findDuplicates } from "./find-duplicates.ts";
import { listPatients } from "./list-patients.ts";
import { getPatient } from "./patient.ts";
import { removePatient, restorePatient } from "./remove-patient.ts";
import { revealSsn } from "./reveal-ssn.ts";
import { searchElsewhere } from "./search-elsewhere.ts";
import { searchPatients } from "./search-patients.ts";
import { updatePatient } from "./update-patient.ts";

const tag = "Patients";
const byId = z.strictObject({ id: uuid });
const page = { items: [example], nextCursor: null };

export const patientRouter = router({
  list: permitted("patient.read", {
    method: "GET",
    path: "/patients/",
    tag,
    summary: "Patients, by name unless told otherwise",
    example: { request: { sort: "name", limit: 25 }, response: page },
  })
    .input(patientList)
    .output(pageOf(patient))
    .query(({ ctx, input }) => ctx.work((work) => listPatients(work, input))),
  create: permitted("patient.write", {
    method: "POST",
    path: "/patients/",
    tag,
    summary: "Register a patient under a new MRN",
    status: 201,
    example: { request: patientCreateExample, response: example },
  })
    .input(patientCreate)
    .output(patient)
    .mutation(({ ctx, input }) => createPatient(ctx, input)),
  search: permitted(
    "patient.read",
    {
      method: "POST",
      path: "/patients/search/",
      tag,
      summary: "Find patients by name, MRN, phone, birth date or SSN, without any of it in an address",
      example: { request: { q: "nunez 1980-01-31" }, response: page },
      also: [
        {
          method: "GET",
          path: "/patients/search/",
          tag,
          summary: "Find patients by name, MRN, phone or birth date; typos, accents and word order are forgiven",
          example: { request: { q: "jane doe" }, response: page },
        },
      ],
    },
    { budget: "search" },
  )
    .input(patientSearch)
    .output(pageOf(patient))
    .query(({ ctx, input }) => ctx.work((work) => searchPatients(work, input))),
  searchElsewhere: permitted("patient.break-glass", undefined, { budget: "search" })
    .input(patientSearch.pick({ q: true }))
    .output(z.object({ items: z.array(patientElsewhere) }))
    .query(({ ctx, input }) => ctx.work((work) => searchElsewhere(work, input))),
  duplicates: permitted("patient.write")
    .input(duplicateInput)
    .output(z.object({ items: z.array(patientDuplicate) }))
    .query(({ ctx, input }) => ctx.work((work) => findDuplicates(work, input))),
  get: permitted("patient.read", {
    method: "GET",
    path: "/patients/{id}/",
    tag,
    summary: "One patient",
    example: { response: example },
  })
    .input(byId)
    .output(patient)
    .query(({ ctx, input }) => ctx.work((work) => getPatient(work, input))),
  update: permitted("patient.write", {
    method: "PUT",
    path: "/patients/{id}/",
    tag,
    summary: "Change a patient's details: what is left out stays, null clears",
    example: {
      request: { phone: "+1 555 010 0199", version: 1 },
      response: { ...example, phone: "+1 555 010 0199", version: 2 },
    },
  })
    .input(patientUpdate)
    .output(patient)
    .mutation(({ ctx, input }) => updatePatient(ctx, input)),
  remove: permitted("patient.delete", {
    method: "DELETE",
    path: "/patients/{id}/",
    tag,
    summary: "Remove a patient from lists and searches; the record is kept",
    status: 204,
    example: {},
  })
    .input(byId)
    .mutation(({ ctx, input }) => ctx.work((work) => removePatient(work, input))),
  restore: permitted("patient.delete")
    .input(byId)
    .output(patient)
    .mutation(({ ctx, input }) => ctx.work((work) => restorePatient(work, input))),
  revealSsn: permitted("patient.ssn.reveal", {
    method: "POST",
    path: "/patients/{id}/reveal-ssn/",
    tag,
    summary: "A patient's SSN in full, for a reason that stays in the audit log",
    example: { request: { reason: "Insurance claim by phone" }, response: { ssn: "123-45-6789" } },
  })
    .input(revealSsnInput)
    .output(z.object({ ssn: z.string().nullable() }))
    .mutation(({ ctx, input }) => ctx.work((work) => revealSsn(work, input))),
});

import { uuid } from "@infirmary/shared/core";
import { diagnosisCode, diagnosisInput, diagnosisSearch } from "@infirmary/shared/diagnosis";
import { encounter } from "@infirmary/shared/encounter";
import { z } from "zod";
import { permitted, router } from "../../core/trpc.ts";
import { encounterExample } from "../encounter/index.ts";
import { searchCodes } from "./search-codes.ts";
import { favouriteCodes, keepFavourite } from "./store.ts";
import { addDiagnosis, knownCode, removeDiagnosis } from "./write-diagnosis.ts";

const tag = "Visits";
const codes = z.object({ items: z.array(diagnosisCode) });

export const diagnosisRouter = router({
  codes: permitted("encounter.read", {
    method: "GET",
    path: "/diagnosis-codes/",
    tag,
    summary: "ICD-10-CM codes by code, title or what people call it; the caller's last ones for nothing",
    example: {
      request: { q: "heart attack" },
      response: { items: [{ code: "I21.9", title: "Acute myocardial infarction, unspecified", isBillable: true }] },
    },
  })
    .input(diagnosisSearch)
    .output(codes)
    .query(({ ctx, input }) => ctx.work((work) => searchCodes(work, input))),
  favourites: permitted("diagnosis.write")
    .output(codes)
    .query(({ ctx }) =>
      ctx.work(async ({ connection }) => ({
        items: await favouriteCodes(connection, { tenantId: ctx.session.tenantId, userId: ctx.session.userId }),
      })),
    ),
  keepFavourite: permitted("diagnosis.write")
    .input(z.strictObject({ code: z.string().max(10), isKept: z.boolean() }))
    .mutation(({ ctx, input }) =>
      ctx.work(async (work) => {
        const { code } = await knownCode(work, input.code);
        const { tenantId, userId } = ctx.session;
        await keepFavourite(work.connection, { tenantId, userId, code, isKept: input.isKept });
        work.audit({ action: "diagnosis.keep-favourite", entity: "diagnosis_favourite", after: { ...input, code } });
      }),
    ),
  add: permitted("diagnosis.write", {
    method: "POST",
    path: "/encounters/{id}/diagnoses/",
    tag,
    summary: "Write a diagnosis into the consultation",
    example: { request: { code: "J20.9", rank: "primary" }, response: { ...encounterExample, status: "IN_CONSULT" } },
  })
    .input(diagnosisInput)
    .output(encounter)
    .mutation(({ ctx, input }) => addDiagnosis(ctx, input)),
  withdraw: permitted("diagnosis.write", {
    method: "DELETE",
    path: "/encounters/{id}/diagnoses/{diagnosisId}/",
    tag,
    summary: "Take a diagnosis out of the consultation",
    example: { response: { ...encounterExample, status: "IN_CONSULT" } },
  })
    .input(z.strictObject({ id: uuid, diagnosisId: uuid, version: z.coerce.number().int().min(1).optional() }))
    .output(encounter)
    .mutation(({ ctx, input }) => removeDiagnosis(ctx, input)),
});

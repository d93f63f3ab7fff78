import {
  labSetup,
  labTestCreate,
  labTestDetail,
  labTestList,
  labTestUpdate,
  labTestVersion,
  ofTest,
} from "@infirmary/shared/catalog";
import { pageOf } from "@infirmary/shared/core";
import { z } from "zod";
import { permitted } from "../../core/trpc.ts";
import { changeTest, createTest } from "./define-test.ts";
import { listVersions, readSetup, searchLoinc } from "./definition-store.ts";
import { getTest, listTests } from "./read-tests.ts";

const tag = "Laboratory";
const range = {
  sex: null,
  condition: null,
  ageFromDays: 0,
  ageToDays: 60000,
  low: "3.5",
  high: "5.1",
  criticalLow: "2.8",
  criticalHigh: "6.2",
  normalText: null,
  validFrom: null,
  validTo: null,
};
const example = {
  code: "2823-3",
  name: "Potassium [Moles/volume] in Serum or Plasma",
  shortName: "Potassium",
  category: "Chemistry",
  specimen: "Serum or plasma",
  unit: "mmol/L",
  isPanel: false,
  valueType: "NUMERIC",
  decimals: 1,
  answers: [],
  specimenType: "SER",
  containerType: "SST",
  turnaroundStat: 60,
  turnaroundUrgent: 120,
  turnaroundRoutine: 240,
  deltaPercent: "20",
  deltaAbsolute: null,
  deltaHours: 72,
  autoVerify: true,
  criticalMinutes: 30,
  isActive: true,
  version: 1,
  members: [],
  ranges: [{ id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8f01", ...range }],
};

/** How tests are defined: for the department and the screens that enter and judge values. */
export const definitionProcedures = {
  list: permitted("catalog.read", {
    method: "GET",
    path: "/lab/tests/",
    tag,
    summary: "Tests and panels with units, ranges, limits and targets",
    example: { request: { q: "potassium" }, response: { items: [example], nextCursor: null } },
  })
    .input(labTestList)
    .output(pageOf(labTestDetail))
    .query(({ ctx, input }) => ctx.work((work) => listTests(work, input))),
  get: permitted("catalog.read", {
    method: "GET",
    path: "/lab/tests/{code}/",
    tag,
    summary: "One test or panel",
    example: { response: example },
  })
    .input(ofTest)
    .output(labTestDetail)
    .query(({ ctx, input }) => ctx.work((work) => getTest(work, input))),
  create: permitted("catalog.manage", {
    method: "POST",
    path: "/lab/tests/",
    tag,
    summary: "Add a test or panel to the catalogue",
    status: 201,
    example: {
      request: {
        code: "2823-3",
        name: example.name,
        shortName: "Potassium",
        category: "Chemistry",
        specimen: "Serum or plasma",
        unit: "mmol/L",
        ranges: [range],
      },
      response: example,
    },
  })
    .input(labTestCreate)
    .output(labTestDetail)
    .mutation(({ ctx, input }) => ctx.work((work) => createTest(work, input))),
  update: permitted("catalog.manage", {
    method: "PUT",
    path: "/lab/tests/{code}/",
    tag,
    summary: "Change a test or panel; its ranges that are not given any more end today",
    example: { request: { version: 1, turnaroundStat: 45 }, response: { ...example, turnaroundStat: 45, version: 2 } },
  })
    .input(labTestUpdate)
    .output(labTestDetail)
    .mutation(({ ctx, input }) => ctx.work((work) => changeTest(work, input))),
  versions: permitted("catalog.manage")
    .input(ofTest)
    .output(z.object({ items: z.array(labTestVersion) }))
    .query(({ ctx, input }) =>
      ctx.work(async ({ connection, scope }) => ({
        items: (await listVersions(connection, { tenantId: scope.tenantId, ...input })).map((row) => ({
          ...row,
          changedAt: row.changedAt.toISOString(),
        })),
      })),
    ),
  setup: permitted("catalog.read")
    .output(labSetup)
    .query(({ ctx }) => ctx.work(({ connection, scope }) => readSetup(connection, { tenantId: scope.tenantId }))),
  /** Empty until an edition of LOINC is loaded. */
  loinc: permitted("catalog.manage")
    .input(z.strictObject({ q: z.string().min(2).max(60) }))
    .output(
      z.object({
        items: z.array(
          z.object({ code: z.string(), name: z.string(), system: z.string().nullable(), unit: z.string().nullable() }),
        ),
      }),
    )
    .query(({ ctx, input }) =>
      ctx.work(async ({ connection }) => ({
        items: await searchLoinc(connection, { words: input.q.trim().split(/\s+/), limit: 20 }),
      })),
    ),
};

import {
  auditBundle,
  auditEntry,
  auditFilter,
  auditHold,
  auditList,
  auditStatus as auditStatusShape,
  placeHoldInput,
  releaseHoldInput,
} from "@infirmary/shared/audit";
import { pageOf } from "@infirmary/shared/core";
import { z } from "zod";
import { permitted, router } from "../../core/trpc.ts";
import { auditStatus } from "./check/audit-status.ts";
import { exportAudit, exportFhir, listAudit } from "./list-audit.ts";
import { auditHolds, placeHold, releaseHold } from "./retention/holds.ts";
import { listActions, listPeople } from "./store.ts";

const tag = "Audit";
const example = {
  id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a71",
  at: "2026-11-02T09:41:12.345Z",
  userId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a11",
  username: "dr.smith",
  role: "doctor",
  facilityId: null,
  action: "patient.read",
  entity: "patient",
  entityId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a21",
  patientId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a21",
  patientName: "Doe, Jane",
  outcome: "success",
  reason: null,
  before: null,
  after: null,
  ip: "10.0.0.5",
  requestId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a99",
};
const request = { patientId: example.patientId, action: "patient.read", from: "2026-11-01", to: "2026-11-30" };

export const auditRouter = router({
  list: permitted("audit.read", {
    method: "GET",
    path: "/audit/",
    tag,
    summary: "Who did or saw what, newest first",
    example: { request, response: { items: [example], nextCursor: null } },
  })
    .input(auditList)
    .output(pageOf(auditEntry))
    .query(({ ctx, input }) => ctx.work((work) => listAudit(work, input))),
  export: permitted(
    "audit.read",
    {
      method: "GET",
      path: "/audit/export/",
      tag,
      summary: "The same as CSV",
      produces: "csv",
      example: { request, response: "at,username,...\r\n" },
    },
    { stepUp: true, budget: "search" },
  )
    .input(auditFilter)
    .output(z.object({ csv: z.string(), fileName: z.string() }))
    .query(({ ctx, input }) => ctx.work((work) => exportAudit(work, input))),
  fhir: permitted(
    "audit.read",
    {
      method: "GET",
      path: "/audit/fhir/",
      tag,
      summary: "The same as a page of FHIR R4 AuditEvents (IHE BALP)",
      example: {
        request,
        response: {
          resourceType: "Bundle",
          type: "searchset",
          entry: [
            {
              fullUrl: `urn:uuid:${example.id}`,
              resource: { resourceType: "AuditEvent", action: "R", recorded: example.at },
            },
          ],
          nextCursor: null,
        },
      },
    },
    { stepUp: true, budget: "search" },
  )
    .input(auditList)
    .output(auditBundle)
    .query(({ ctx, input }) => ctx.work((work) => exportFhir(work, input))),
  status: permitted("audit.read", {
    method: "GET",
    path: "/audit/status/",
    tag,
    summary: "Whether the log is sealed, anchored and as it was written",
    example: {
      response: {
        state: "verified",
        lastSeal: { number: 1204, sealedAt: example.at },
        verifiedSeal: 1201,
        checkedAt: example.at,
        wholeCheckedAt: example.at,
        entriesChecked: 48210,
        unsealed: 2,
        lagSeconds: 0,
        anchors: [{ place: "file /srv/anchors.jsonl", number: 1199, anchoredAt: example.at }],
        findings: [],
      },
    },
  })
    .output(auditStatusShape)
    .query(({ ctx }) => ctx.work(auditStatus)),
  holds: permitted("audit.hold")
    .output(z.object({ items: z.array(auditHold) }))
    .query(({ ctx }) => ctx.work(auditHolds)),
  placeHold: permitted("audit.hold")
    .input(placeHoldInput)
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => ctx.work((work) => placeHold(work, input))),
  releaseHold: permitted("audit.hold")
    .input(releaseHoldInput)
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => ctx.work((work) => releaseHold(work, input))),
  actions: permitted("audit.read")
    .output(z.object({ items: z.array(z.string()) }))
    .query(({ ctx }) => ctx.work(async ({ connection, scope }) => ({ items: await listActions(connection, scope) }))),
  people: permitted("audit.read")
    .output(z.object({ items: z.array(z.object({ id: z.string(), username: z.string(), fullName: z.string() })) }))
    .query(({ ctx }) => ctx.work(async ({ connection, scope }) => ({ items: await listPeople(connection, scope) }))),
});

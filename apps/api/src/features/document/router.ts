import { pageOf, uuid } from "@infirmary/shared/core";
import {
  clinicalDocument,
  documentAmend,
  documentCreate,
  documentHead,
  documentList,
  documentPdf,
  documentSign,
  documentVersion,
  draftSave,
  draftStep,
} from "@infirmary/shared/document";
import { z } from "zod";
import { permitted, router } from "../../core/trpc.ts";
import { amendDocument } from "./amend-document.ts";
import { createDocument } from "./create-document.ts";
import { discardDraft, restoreDraft } from "./discard-draft.ts";
import { getDocument } from "./document.ts";
import { draftExample, headExample, signedExample, versionExample } from "./example.ts";
import { listDocuments, readVersions } from "./list-documents.ts";
import { printDocument } from "./print-document.ts";
import { saveDraft } from "./save-draft.ts";
import { signDocument } from "./sign-document.ts";

const tag = "Documents";
const file = z.object({ fileName: z.string(), mediaType: z.string(), contentBase64: z.string() });
const { sections } = versionExample;

export const documentRouter = router({
  list: permitted("document.read", {
    method: "GET",
    path: "/documents/",
    tag,
    summary: "Documents, of a patient or a visit, without their texts",
    example: { request: { patientId: headExample.patientId }, response: { items: [headExample], nextCursor: null } },
  })
    .input(documentList)
    .output(pageOf(documentHead))
    .query(({ ctx, input }) => ctx.work((work) => listDocuments(work, input))),
  create: permitted("document.write", {
    method: "POST",
    path: "/documents/",
    tag,
    summary: "Begin a document as a draft",
    status: 201,
    example: {
      request: { patientId: headExample.patientId, encounterId: headExample.encounterId, kind: "SOAP" },
      response: draftExample,
    },
  })
    .input(documentCreate)
    .output(clinicalDocument)
    .mutation(({ ctx, input }) => ctx.work((work) => createDocument(work, input))),
  get: permitted("document.read", {
    method: "GET",
    path: "/documents/{id}/",
    tag,
    summary: "One document: the version in force and what is being written",
    example: { response: signedExample },
  })
    .input(z.strictObject({ id: uuid }))
    .output(clinicalDocument)
    .query(({ ctx, input }) => ctx.work((work) => getDocument(work, input))),
  saveDraft: permitted("document.write", {
    method: "PUT",
    path: "/documents/{id}/draft/",
    tag,
    summary: "Save what has been typed so far; 409 stale-version where another window saved since",
    example: { request: { draftVersion: 2, sections: { plan: sections.plan } }, response: draftExample },
  })
    .input(draftSave)
    .output(clinicalDocument)
    .mutation(({ ctx, input }) => saveDraft(ctx, input)),
  discardDraft: permitted("document.write", {
    method: "POST",
    path: "/documents/{id}/discard-draft/",
    tag,
    summary: "Put away what is being written",
    example: { request: {}, response: { ...draftExample, status: "DISCARDED", draftSavedAt: null, draft: null } },
  })
    .input(draftStep)
    .output(clinicalDocument)
    .mutation(({ ctx, input }) => ctx.work((work) => discardDraft(work, input))),
  restoreDraft: permitted("document.write", {
    method: "POST",
    path: "/documents/{id}/restore-draft/",
    tag,
    summary: "Bring back what was put away last",
    example: { request: {}, response: draftExample },
  })
    .input(draftStep)
    .output(clinicalDocument)
    .mutation(({ ctx, input }) => ctx.work((work) => restoreDraft(work, input))),
  sign: permitted(
    "document.sign",
    {
      method: "POST",
      path: "/documents/{id}/sign/",
      tag,
      summary: "Sign what is being written; it does not change any more",
      example: { request: { draftVersion: 3, meaning: "author" }, response: signedExample },
    },
    { stepUp: true },
  )
    .input(documentSign)
    .output(clinicalDocument)
    .mutation(({ ctx, input }) => signDocument(ctx, input)),
  amend: permitted("document.write", {
    method: "POST",
    path: "/documents/{id}/amend/",
    tag,
    summary: "Begin the next version: an amendment of the text, or an addendum to it",
    example: {
      request: { kind: "amendment", number: 1, reason: "Side was wrong" },
      response: { ...signedExample, draft: { ...draftExample.draft, number: 2, kind: "amendment" } },
    },
  })
    .input(documentAmend)
    .output(clinicalDocument)
    .mutation(({ ctx, input }) => ctx.work((work) => amendDocument(work, input))),
  versions: permitted("document.read", {
    method: "GET",
    path: "/documents/{id}/versions/",
    tag,
    summary: "All that was signed of a document, the latest first, each with its text",
    example: { response: { items: [versionExample] } },
  })
    .input(z.strictObject({ id: uuid }))
    .output(z.object({ items: z.array(documentVersion) }))
    .query(({ ctx, input }) => ctx.work((work) => readVersions(work, input))),
  pdf: permitted("document.read", {
    method: "GET",
    path: "/documents/{id}/pdf/",
    tag,
    summary: "A signed version as PDF, the same bytes every time; the one in force where `number` is left out",
    produces: "file",
  })
    .input(documentPdf)
    .output(file)
    .query(({ ctx, input }) => ctx.work((work) => printDocument(work, input))),
});

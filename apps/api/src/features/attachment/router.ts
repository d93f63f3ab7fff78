import { attachment, attachmentList, attachmentStep, attachmentUpload } from "@infirmary/shared/attachment";
import { pageOf, uuid } from "@infirmary/shared/core";
import { z } from "zod";
import { permitted, router } from "../../core/trpc.ts";
import { listAttachments } from "./attachment.ts";
import { downloadAttachment } from "./download-attachment.ts";
import { moveAttachment } from "./put-away-attachment.ts";
import { uploadAttachment } from "./upload-attachment.ts";

const tag = "Documents";
const example = {
  id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8d51",
  patientId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a21",
  encounterId: null,
  fileName: "discharge-summary.pdf",
  mediaType: "application/pdf",
  sizeBytes: 48_213,
  uploadedByName: "Jane Whitfield",
  uploadedAt: "2026-11-02T08:05:00.000Z",
  removedAt: null,
};

export const attachmentRouter = router({
  list: permitted("document.read", {
    method: "GET",
    path: "/attachments/",
    tag,
    summary: "Files of a patient",
    example: { request: { patientId: example.patientId }, response: { items: [example], nextCursor: null } },
  })
    .input(attachmentList)
    .output(pageOf(attachment))
    .query(({ ctx, input }) => ctx.work((work) => listAttachments(work, input))),
  upload: permitted("document.write", {
    method: "POST",
    path: "/attachments/",
    tag,
    summary: "Keep a file of a patient: PDF, PNG, JPEG, TIFF, WebP, DICOM or plain text of at most 5 MB",
    status: 201,
    body: "file",
    example: {
      request: { patientId: example.patientId, fileName: example.fileName, contentBase64: "JVBERi0xLjcK" },
      response: example,
    },
  })
    .input(attachmentUpload)
    .output(attachment)
    .mutation(({ ctx, input }) => uploadAttachment(ctx, input)),
  content: permitted("document.read", {
    method: "GET",
    path: "/attachments/{id}/content/",
    tag,
    summary: "The bytes of a file, to be saved",
    produces: "file",
  })
    .input(z.strictObject({ id: uuid }))
    .output(z.object({ fileName: z.string(), mediaType: z.string(), contentBase64: z.string() }))
    .query(({ ctx, input }) => downloadAttachment(ctx, input)),
  remove: permitted("document.write", {
    method: "POST",
    path: "/attachments/{id}/remove/",
    tag,
    summary: "Take a file off the chart; its content stays",
    example: { request: {}, response: { ...example, removedAt: "2026-11-02T08:06:00.000Z" } },
  })
    .input(attachmentStep)
    .output(attachment)
    .mutation(({ ctx, input }) => ctx.work((work) => moveAttachment(work, input, "away"))),
  restore: permitted("document.write", {
    method: "POST",
    path: "/attachments/{id}/restore/",
    tag,
    summary: "Put a file back on the chart",
    example: { request: {}, response: example },
  })
    .input(attachmentStep)
    .output(attachment)
    .mutation(({ ctx, input }) => ctx.work((work) => moveAttachment(work, input, "back"))),
});

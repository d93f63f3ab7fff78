import { type ClinicalDocument, type DraftSave, editableSections } from "@infirmary/shared/document";
import { AppError } from "../../core/app-error.ts";
import type { ActorContext } from "../../core/context.ts";
import { auditAlone, type Work } from "../../core/unit-of-work.ts";
import { openContents, sealContent } from "./content.ts";
import { requireKnown } from "./create-document.ts";
import { holdDocument, holdDraft, loadDocument } from "./document.ts";
import type { DocumentRow } from "./store.ts";
import { changeDraft, type DraftRow } from "./version-store.ts";

/**
 * Saves what has been typed so far. `draftVersion` is the saving it goes on from: where another window or person has saved since, the answer
 * is 409 `stale-version` with the document as it is now, and nothing is written.
 */
export async function saveDraft(ctx: ActorContext, input: DraftSave): Promise<ClinicalDocument> {
  return writingDraft(ctx, "document.save-draft", input, async (work) => {
    const { platform, scope, connection, audit, now } = work;
    const { tenantId, actor } = scope;
    const document = await holdDocument(work, input);
    const draft = await holdDraft(work, document);
    requireNewest(await loadDocument(work, input), draft, input);
    const sections = sectionsAfter(work, { document, draft, input });
    const contentSealed = sealContent(platform.keys, { tenantId, table: "document_draft", id: draft.id }, sections);
    const at = { tenantId, id: draft.id, version: draft.version };
    if (!(await changeDraft(connection, at, { contentSealed, byId: actor?.userId ?? draft.saved_by_id, at: now })))
      throw new AppError("stale-version");
    audit({
      action: "document.save-draft",
      entity: "document",
      entityId: document.id,
      patientId: document.patient_id,
      after: { draft: draft.version + 1, text: "(sealed)" },
    });
    return loadDocument(work, input);
  });
}

/** The content with the parts that were sent in place of those that stood there; an addendum leaves the earlier text as it is. */
function sectionsAfter(
  { platform, scope: { tenantId } }: Work,
  { document, draft, input }: { document: DocumentRow; draft: DraftRow; input: DraftSave },
) {
  const [content] = openContents(platform.keys, { tenantId, table: "document_draft" }, [draft]);
  if (!content) throw new Error("A draft has content.");
  const template = { kind: document.kind, templateVersion: document.template_version };
  const { kind, number } = draft;
  const editable = editableSections(template, { kind, number, sections: content.sections });
  requireKnown(
    input.sections,
    editable.map(({ key }) => key),
  );
  return { ...content, sections: { ...content.sections, ...input.sections } };
}

/** Refuses what was not written on the latest saving; the answer shows that one. */
export function requireNewest(
  current: ClinicalDocument,
  draft: Pick<DraftRow, "version">,
  input: { draftVersion: number },
): void {
  if (draft.version !== input.draftVersion) throw new AppError("stale-version", { current });
}

/** Runs a change of a draft. A stale one is answered with the present text, so that look is audited although the work is undone. */
export async function writingDraft<T>(
  ctx: ActorContext,
  action: string,
  input: { id: string },
  fn: (work: Work) => Promise<T>,
): Promise<T> {
  try {
    return await ctx.work(fn);
  } catch (error) {
    const current = error instanceof AppError ? (error.current as ClinicalDocument | undefined) : undefined;
    if (current !== undefined)
      await auditAlone(ctx.platform, ctx.scope, {
        action,
        entity: "document",
        entityId: input.id,
        patientId: current.patientId,
        outcome: "failed",
        reason: "changed by someone else since it was opened",
      });
    throw error;
  }
}

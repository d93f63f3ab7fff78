import type { Attachment, AttachmentStep } from "@infirmary/shared/attachment";
import { AppError } from "../../core/app-error.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { loadAttachment, loadAttachmentRow } from "./attachment.ts";
import { putAwayAttachment } from "./store.ts";

/** Takes a file off the chart, or puts it back; its bytes stay. */
export async function moveAttachment(work: Work, step: AttachmentStep, to: "away" | "back"): Promise<Attachment> {
  const { connection, scope, audit, emit, now } = work;
  const row = await loadAttachmentRow(work, step);
  const at = to === "away" ? now : null;
  const byId = scope.actor?.userId ?? null;
  if (!(await putAwayAttachment(connection, { tenantId: scope.tenantId, id: row.id, at, byId })))
    throw new AppError("wrong-transition", {
      detail: to === "away" ? "This file is put away already." : "This file is on the chart.",
    });
  const { patient_id: patientId, encounter_id: encounterId } = row;
  const action = to === "away" ? "attachment.remove" : "attachment.restore";
  audit({ action, entity: "attachment", entityId: row.id, patientId });
  emit({
    name: to === "away" ? "attachment.removed" : "attachment.restored",
    patientId,
    encounterId,
    subjectId: row.id,
  });
  return loadAttachment(work, step);
}

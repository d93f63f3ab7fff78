import type { Encounter } from "@infirmary/shared/encounter";
import { AppError } from "../../core/app-error.ts";
import type { ActorContext } from "../../core/context.ts";
import { sealText } from "../../core/sealed-text.ts";
import { loadEncounter } from "./encounter.ts";
import { changingEncounter, holdEncounter } from "./open-encounter.ts";
import { changeEncounter } from "./store.ts";

/** Writes the assessment or the plan of a consultation, in place of what stood there. */
export function writeText(
  ctx: ActorContext,
  field: "assessment" | "plan",
  input: { id: string; version?: number | undefined; text: string },
): Promise<Encounter> {
  return changingEncounter(ctx, `encounter.${field}`, input, async (work) => {
    const { connection, scope, platform, audit, emit } = work;
    const before = await holdEncounter(work, input);
    if (before.status !== "IN_CONSULT")
      throw new AppError("wrong-transition", {
        detail: `The ${field} is written in the consultation: start it first.`,
      });
    if (before[field] === input.text) return before;
    const column = `${field}_sealed` as const;
    const sealed = sealText(
      platform.keys,
      { tenantId: scope.tenantId, table: "encounter", id: before.id },
      column,
      input.text,
    );
    const at = { tenantId: scope.tenantId, id: before.id, version: before.version };
    if (!(await changeEncounter(connection, at, { [column]: sealed }))) throw new AppError("stale-version");
    audit({
      action: `encounter.${field}`,
      entity: "encounter",
      entityId: before.id,
      patientId: before.patientId,
      before: { [field]: before[field] === null ? null : "(sealed)" },
      after: { [field]: "(sealed)" },
    });
    emit({ name: "encounter.changed", encounterId: before.id, patientId: before.patientId, detail: { wrote: field } });
    return loadEncounter(work, { id: before.id });
  });
}

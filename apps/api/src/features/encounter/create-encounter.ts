import type { Encounter, EncounterCreate } from "@infirmary/shared/encounter";
import { AppError } from "../../core/app-error.ts";
import { newId } from "../../core/id.ts";
import { sealText } from "../../core/sealed-text.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { loadPatient } from "../patient/index.ts";
import { loadEncounter } from "./encounter.ts";
import { insertEncounter, worksAs } from "./store.ts";

/** Plans a visit of a patient at the facility where the person works now. */
export async function createEncounter(work: Work, input: EncounterCreate): Promise<Encounter> {
  const { connection, scope, platform, audit, emit } = work;
  const { tenantId, actor } = scope;
  if (!actor) throw new AppError("not-signed-in");
  const { facility } = actor;
  if (input.facilityId && input.facilityId !== facility.id)
    throw fault("facilityId", "You do not work at this facility now.");
  await loadPatient(work, { id: input.patientId });
  const providerId = input.providerId ?? null;
  if (providerId && !(await worksAs(connection, { tenantId, id: providerId, facilityId: facility.id, role: "doctor" })))
    throw fault("providerId", `No doctor of ${facility.name} is known by this id.`);
  const id = newId();
  const reasonSealed = sealText(platform.keys, { tenantId, table: "encounter", id }, "reason_sealed", input.reason);
  if (!reasonSealed) throw fault("reason", "Required.");
  const scheduledAt = input.scheduledAt ?? work.now.toISOString();
  await insertEncounter(connection, {
    tenantId,
    id,
    facilityId: facility.id,
    patientId: input.patientId,
    providerId,
    reasonSealed,
    scheduledAt,
    createdById: actor.userId,
  });
  audit({
    action: "encounter.create",
    entity: "encounter",
    entityId: id,
    patientId: input.patientId,
    after: { facilityId: facility.id, providerId, scheduledAt, reason: "(sealed)" },
  });
  emit({ name: "encounter.created", encounterId: id, patientId: input.patientId });
  return loadEncounter(work, { id });
}

const fault = (path: string, message: string) => new AppError("validation-failed", { errors: [{ path, message }] });

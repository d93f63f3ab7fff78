import type { Patient } from "@infirmary/shared/patient";
import { AppError } from "../../core/app-error.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { indexNames } from "./name-index.ts";
import { loadPatient } from "./patient.ts";
import { lockPatient, replaceNames, setRemoved } from "./store.ts";

/** Removes a patient from every list and search. The record stays, with all that points to it, and can be restored. */
export async function removePatient(work: Work, { id }: { id: string }): Promise<void> {
  const { connection, scope, audit, emit } = work;
  const { tenantId } = scope;
  const row = await lockPatient(connection, { tenantId, id });
  if (!row || row.is_removed) throw new AppError("not-found");
  await setRemoved(connection, { tenantId, id, isRemoved: true });
  await replaceNames(connection, { tenantId, id, names: null });
  audit({ action: "patient.remove", entity: "patient", entityId: id, patientId: id });
  emit({ name: "patient.changed", patientId: id });
}

/** Undoes a removal; of a patient that is there it changes nothing. */
export async function restorePatient(work: Work, { id }: { id: string }): Promise<Patient> {
  const { connection, scope, audit, emit } = work;
  const { tenantId } = scope;
  const row = await lockPatient(connection, { tenantId, id });
  if (!row) throw new AppError("not-found");
  if (row.is_removed) {
    await setRemoved(connection, { tenantId, id, isRemoved: false });
    const names = await indexNames(work, { firstName: row.first_name, lastName: row.last_name });
    await replaceNames(connection, { tenantId, id, names });
    emit({ name: "patient.changed", patientId: id });
  }
  audit({ action: "patient.restore", entity: "patient", entityId: id, patientId: id });
  return loadPatient(work, { id });
}

import type { Patient, PatientUpdate } from "@infirmary/shared/patient";
import { AppError } from "../../core/app-error.ts";
import { changesOf } from "../../core/audit.ts";
import type { ActorContext } from "../../core/context.ts";
import { auditAlone, type Work } from "../../core/unit-of-work.ts";
import { indexNames } from "./name-index.ts";
import { type PatientRow, placeOf, type SealedField, sealedFields, toPatient } from "./patient.ts";
import { sealFields } from "./sealed-fields.ts";
import { lockPatient, type PatientChanges, replaceNames, updatePatientRow } from "./store.ts";

/** Changes what is given of a patient; the version must be the one that was read. A stale one answers with the record as it is now. */
export async function updatePatient(ctx: ActorContext, input: PatientUpdate): Promise<Patient> {
  try {
    return await ctx.work((work) => changePatient(work, input));
  } catch (error) {
    // The answer shows the record, so it is a read, and its own transaction is undone.
    if (error instanceof AppError && error.code === "stale-version")
      await auditAlone(ctx.platform, ctx.scope, {
        action: "patient.update",
        entity: "patient",
        entityId: input.id,
        patientId: input.id,
        outcome: "failed",
        reason: "changed by someone else since it was opened",
      });
    throw error;
  }
}

async function changePatient(work: Work, { id, version, ...input }: PatientUpdate): Promise<Patient> {
  const { connection, scope, platform, audit, emit } = work;
  const { tenantId } = scope;
  const row = await lockPatient(connection, { tenantId, id });
  if (!row || row.is_removed) throw new AppError("not-found");
  if (row.version !== version)
    throw new AppError("stale-version", { current: toPatient(platform.keys, tenantId, row) });
  const before = clearValues(work, row);
  const after = { ...before, ...Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) };
  const changes = changesOf(before, after, sealedFields);
  if (!changes) {
    audit({ action: "patient.read", entity: "patient", entityId: id, patientId: id });
    return toPatient(platform.keys, tenantId, row);
  }
  const isRenamed = after.firstName !== before.firstName || after.lastName !== before.lastName;
  const names = isRenamed ? await indexNames(work, after) : null;
  const changedSealed = Object.fromEntries(
    sealedFields.filter((field) => field in changes.after).map((field) => [field, after[field]]),
  );
  const changed = await updatePatientRow(connection, {
    tenantId,
    id,
    sortName: names?.sortName ?? row.sort_name,
    columns: { ...plainColumns(input), ...sealFields(platform.keys, { tenantId, id }, changedSealed) },
  });
  if (names) await replaceNames(connection, { tenantId, id, names });
  audit({ action: "patient.update", entity: "patient", entityId: id, patientId: id, ...changes });
  emit({ name: "patient.changed", patientId: id });
  return toPatient(platform.keys, tenantId, changed);
}

type Values = Record<"firstName" | "lastName" | "dateOfBirth" | "gender", string> & Record<SealedField, string | null>;

/** The record with its sealed fields in clear, to compare with what was typed; it never leaves this use case. */
function clearValues({ scope, platform }: Work, row: PatientRow): Values {
  const open = (field: SealedField) => {
    const sealed = row[`${field}_sealed`];
    return sealed ? platform.keys.open(sealed, placeOf(scope.tenantId, row.id, field)) : null;
  };
  return {
    firstName: row.first_name,
    lastName: row.last_name,
    dateOfBirth: row.date_of_birth,
    gender: row.gender,
    phone: open("phone"),
    email: open("email"),
    address: open("address"),
    ssn: open("ssn"),
  };
}

function plainColumns({ firstName, lastName, dateOfBirth, gender }: Partial<PatientUpdate>): Partial<PatientChanges> {
  return {
    ...(firstName === undefined ? {} : { first_name: firstName }),
    ...(lastName === undefined ? {} : { last_name: lastName }),
    ...(dateOfBirth === undefined ? {} : { date_of_birth: dateOfBirth }),
    ...(gender === undefined ? {} : { gender }),
  };
}

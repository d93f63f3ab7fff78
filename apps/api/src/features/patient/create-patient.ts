import { mrnFromSequence, type Patient, type PatientCreate } from "@infirmary/shared/patient";
import { acrossFacilities } from "../../core/access/across-facilities.ts";
import { AppError } from "../../core/app-error.ts";
import type { ActorContext } from "../../core/context.ts";
import { newId } from "../../core/id.ts";
import { auditAlone, type Work } from "../../core/unit-of-work.ts";
import { indexNames } from "./name-index.ts";
import { toPatient } from "./patient.ts";
import { sealFields, ssnToken } from "./sealed-fields.ts";
import { findMrnsBySsn, insertPatient, nextMrnSequence } from "./store.ts";

/**
 * Registers a patient under a new MRN. The same SSN as somebody's is refused with that MRN unless `acceptDuplicate`;
 * namesakes are not: `duplicates` warns of those while the form is filled in.
 */
export async function createPatient(ctx: ActorContext, input: PatientCreate): Promise<Patient> {
  try {
    return await ctx.work((work) => registerPatient(work, input));
  } catch (error) {
    // The answer names a patient, so it is a read of one, and its own transaction is undone.
    if (error instanceof AppError && error.code === "possible-duplicate") {
      await auditAlone(ctx.platform, ctx.scope, {
        action: "patient.create",
        entity: "patient",
        outcome: "refused",
        reason: "same SSN",
        after: { patientIds: error.current },
      });
      throw new AppError("possible-duplicate", { errors: error.errors, cause: error });
    }
    throw error;
  }
}

/** The same within a unit of work: one patient, one MRN, one audit entry. */
export async function registerPatient(work: Work, { acceptDuplicate, ...input }: PatientCreate): Promise<Patient> {
  const { connection, scope, platform, audit, emit } = work;
  const { tenantId } = scope;
  if (input.ssn && !acceptDuplicate) await refuseSameSsn(work, input.ssn);
  const id = newId();
  const { firstName, lastName, dateOfBirth, gender, phone, email, address, ssn } = input;
  const sealed = sealFields(platform.keys, { tenantId, id }, { phone, email, address, ssn });
  const names = await indexNames(work, { firstName, lastName });
  const mrn = mrnFromSequence(await nextMrnSequence(connection, { tenantId }));
  const row = await insertPatient(connection, {
    tenantId,
    id,
    mrn,
    firstName,
    lastName,
    dateOfBirth,
    gender,
    facilityIds: scope.actor ? [scope.actor.facility.id] : [],
    sealed,
    names,
  });
  audit({
    action: "patient.create",
    entity: "patient",
    entityId: id,
    patientId: id,
    after: { mrn, firstName, lastName, dateOfBirth, gender, ...markSealed({ phone, email, address, ssn }) },
  });
  emit({ name: "patient.changed", patientId: id });
  return toPatient(platform.keys, tenantId, row);
}

async function refuseSameSsn(work: Work, ssn: string): Promise<void> {
  const { connection, scope, platform } = work;
  const { tenantId } = scope;
  const token = ssnToken(platform.keys, tenantId, ssn);
  const same = await acrossFacilities(work, () => findMrnsBySsn(connection, { tenantId, token }));
  if (same.length === 0) return;
  throw new AppError("possible-duplicate", {
    errors: same.map(({ mrn }) => ({ path: "ssn", message: `The patient with MRN ${mrn} has this number.` })),
    current: same.map(({ id }) => id),
  });
}

/** Of sealed values the log keeps that there is one. */
const markSealed = (values: Record<string, string | null | undefined>) =>
  Object.fromEntries(Object.entries(values).flatMap(([field, value]) => (value ? [[field, "(sealed)"]] : [])));

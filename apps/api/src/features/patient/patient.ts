import type { OpenItem, Place } from "@infirmary/native";
import type { Gender, Patient } from "@infirmary/shared/patient";
import { AppError } from "../../core/app-error.ts";
import type { Platform } from "../../core/platform.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { findPatient } from "./store.ts";

export type Keys = Platform["keys"];

/** The fields that are stored sealed, and the column of each. */
export const sealedFields = ["phone", "email", "address", "ssn"] as const;
export type SealedField = (typeof sealedFields)[number];

export type PatientRow = {
  id: string;
  mrn: string;
  first_name: string;
  last_name: string;
  date_of_birth: string;
  gender: Gender;
  phone_sealed: Buffer | null;
  email_sealed: Buffer | null;
  address_sealed: Buffer | null;
  ssn_sealed: Buffer | null;
  version: number;
  created_at: Date;
  updated_at: Date;
  sort_name: string;
  /** The exact time as text, for cursors: a Date would lose the microseconds. */
  created_at_exact: string;
};

/** Where a sealed field of a patient lives: it opens nowhere else. */
export const placeOf = (tenantId: string, id: string, field: SealedField): Place => ({
  tenant: tenantId,
  table: "patient",
  column: `${field}_sealed`,
  row: id,
});

/** Rows as the API shows them. All sealed fields of all rows are opened in one go; of the SSN only the end is shown. */
export function toPatients(keys: Keys, tenantId: string, rows: readonly PatientRow[]): Patient[] {
  const items: OpenItem[] = [];
  for (const row of rows) {
    for (const field of sealedFields) {
      const sealed = row[`${field}_sealed`];
      if (sealed) items.push({ sealed, ...placeOf(tenantId, row.id, field) });
    }
  }
  const opened = keys.openMany(items)[Symbol.iterator]();
  const text = (sealed: Buffer | null) => (sealed ? (opened.next().value ?? null) : null);
  return rows.map((row) => {
    const [phone, email, address, ssn] = sealedFields.map((field) => text(row[`${field}_sealed`]));
    return {
      id: row.id,
      mrn: row.mrn,
      firstName: row.first_name,
      lastName: row.last_name,
      dateOfBirth: row.date_of_birth,
      gender: row.gender,
      phone: phone ?? null,
      email: email ?? null,
      address: address ?? null,
      ssn: ssn ? maskSsn(ssn) : null,
      version: row.version,
      createdAt: row.created_at.toISOString(),
      updatedAt: row.updated_at.toISOString(),
    };
  });
}

export function toPatient(keys: Keys, tenantId: string, row: PatientRow): Patient {
  const [patient] = toPatients(keys, tenantId, [row]);
  if (!patient) throw new Error("A row makes a patient.");
  return patient;
}

/** One patient of the tenant, or `not-found` (so for a removed one). */
export async function loadPatient({ connection, scope, platform }: Work, { id }: { id: string }): Promise<Patient> {
  const row = await findPatient(connection, { tenantId: scope.tenantId, id });
  if (!row) throw new AppError("not-found");
  return toPatient(platform.keys, scope.tenantId, row);
}

/** The same for a person to look at, which the audit log keeps. */
export async function getPatient(work: Work, input: { id: string }): Promise<Patient> {
  const patient = await loadPatient(work, input);
  work.audit({ action: "patient.read", entity: "patient", entityId: patient.id, patientId: patient.id });
  return patient;
}

/** `123456789` -> `***-**-6789`. */
export const maskSsn = (ssn: string) => `***-**-${ssn.slice(-4)}`;

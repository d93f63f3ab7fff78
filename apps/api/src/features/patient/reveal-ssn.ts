import { AppError } from "../../core/app-error.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { placeOf } from "./patient.ts";
import { findPatient } from "./store.ts";

/** A patient's SSN in full, with dashes; who asked and why stays in the audit log. Null where none is recorded. */
export async function revealSsn(
  work: Work,
  { id, reason }: { id: string; reason: string },
): Promise<{ ssn: string | null }> {
  const { connection, scope, platform, audit } = work;
  const { tenantId } = scope;
  const row = await findPatient(connection, { tenantId, id });
  if (!row) throw new AppError("not-found");
  audit({ action: "patient.ssn.reveal", entity: "patient", entityId: id, patientId: id, words: reason });
  if (!row.ssn_sealed) return { ssn: null };
  const digits = platform.keys.open(row.ssn_sealed, placeOf(tenantId, id, "ssn"));
  return { ssn: digits.replace(/^(\d{3})(\d{2})(\d{4})$/, "$1-$2-$3") };
}

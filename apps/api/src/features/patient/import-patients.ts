import type { Connection } from "@infirmary/db/client";
import { newId } from "../../core/id.ts";
import { nameWordsOf, sortNameOf, variantsOf } from "./name-words.ts";
import type { Keys, SealedField } from "./patient.ts";
import { sealFields } from "./sealed-fields.ts";
import { addToDictionary, insertPatients, type NewPatient } from "./store.ts";

/** A patient taken over from elsewhere, with the MRN and the time of registration it has there. */
export type ImportedPatient = {
  mrn: string;
  firstName: string;
  lastName: string;
  dateOfBirth: string;
  gender: string;
  createdAt: Date;
  /** Where the patient is registered. */
  facilityIds: readonly string[];
} & Record<SealedField, string | null>;

/**
 * Adds many patients in few statements, sealed and found as if each had been registered. Answers with their ids, in their order.
 * MRNs must be free; the caller audits, and sets the counter where the MRNs are ours.
 */
export async function importPatients(
  connection: Connection,
  { tenantId, keys, patients }: { tenantId: string; keys: Keys; patients: readonly ImportedPatient[] },
): Promise<string[]> {
  const variants = new Map<string, { variant: string; word: string }>();
  const rows = patients.map((patient): NewPatient & { createdAt: Date } => {
    const id = newId(patient.createdAt.getTime());
    const { phone, email, address, ssn, ...plain } = patient;
    const words = nameWordsOf(patient);
    for (const word of words)
      for (const variant of variantsOf(word)) variants.set(`${variant} ${word}`, { variant, word });
    const sealed = sealFields(keys, { tenantId, id }, { phone, email, address, ssn });
    return { tenantId, id, ...plain, sealed, names: { sortName: sortNameOf(patient), words } };
  });
  await addToDictionary(connection, { tenantId, variants: [...variants.values()] });
  await insertPatients(connection, { tenantId, patients: rows });
  return rows.map(({ id }) => id);
}

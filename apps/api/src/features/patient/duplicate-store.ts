import type { Connection } from "@infirmary/db/client";
import type { Gender } from "@infirmary/shared/patient";

export type DuplicateCandidate = {
  id: string;
  mrn: string;
  first_name: string;
  last_name: string;
  date_of_birth: string;
  gender: Gender;
  has_ssn: boolean;
  has_phone: boolean;
  has_date: boolean;
};

/** Who shares the SSN, the phone number or the birth date; at most 1000 of the latter, more have it only where it is not known. */
export async function findDuplicateCandidates(
  connection: Connection,
  keys: { tenantId: string; ssnToken: Buffer | null; phoneToken: Buffer | null; dateOfBirth: string | null },
): Promise<DuplicateCandidate[]> {
  const { rows } = await connection.query<DuplicateCandidate>({
    name: "patient-duplicates",
    text: `
      SELECT p.id, p.mrn, p.first_name, p.last_name, p.date_of_birth::text, p.gender,
             COALESCE(p.ssn_token = $2, false) AS has_ssn, COALESCE(p.phone_token = $3, false) AS has_phone,
             COALESCE(p.date_of_birth = $4::date, false) AS has_date
        FROM (SELECT id FROM patient WHERE tenant_id = $1 AND deleted_at IS NULL AND ssn_token = $2
              UNION (SELECT id FROM patient WHERE tenant_id = $1 AND deleted_at IS NULL AND phone_token = $3 LIMIT 100)
              UNION (SELECT id FROM patient WHERE tenant_id = $1 AND deleted_at IS NULL AND date_of_birth = $4::date LIMIT 1000)) c
        JOIN patient p ON p.tenant_id = $1 AND p.id = c.id`,
    values: [keys.tenantId, keys.ssnToken, keys.phoneToken, keys.dateOfBirth],
  });
  return rows;
}

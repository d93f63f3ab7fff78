import { type Keys, placeOf, type SealedField } from "./patient.ts";

/** What a sealed field is written as: the envelope, and for those one can search by, the token. Null clears. */
export type SealedColumns = Partial<Record<`${SealedField}_sealed` | "phone_token" | "ssn_token", Buffer | null>>;

/** Seals what is given of the four fields for one patient's row; what is undefined stays out. */
export function sealFields(
  keys: Keys,
  { tenantId, id }: { tenantId: string; id: string },
  values: Partial<Record<SealedField, string | null | undefined>>,
): SealedColumns {
  const columns: SealedColumns = {};
  for (const [field, value] of Object.entries(values) as [SealedField, string | null | undefined][]) {
    if (value === undefined) continue;
    columns[`${field}_sealed`] = value === null ? null : Buffer.from(keys.seal(value, placeOf(tenantId, id, field)));
    if (field === "phone") columns.phone_token = value === null ? null : phoneToken(keys, tenantId, value);
    if (field === "ssn") columns.ssn_token = value === null ? null : ssnToken(keys, tenantId, value);
  }
  return columns;
}

/** The search token of nine digits. */
export function ssnToken(keys: Keys, tenantId: string, ssn: string): Buffer {
  return Buffer.from(keys.token(ssn.replace(/\D/g, ""), { tenant: tenantId, field: "patient.ssn" }));
}

/** The search token of a phone number; null where there are too few digits to be one. */
export function phoneToken(keys: Keys, tenantId: string, phone: string): Buffer | null {
  const key = phoneKey(phone);
  return key ? Buffer.from(keys.token(key, { tenant: tenantId, field: "patient.phone" })) : null;
}

/** The digits a number is known by: the last ten, so that +44 20 7946 0958 and 020 7946 0958 are the same; no extension. */
export function phoneKey(phone: string): string | null {
  const digits = phone.replace(/\s*(?:x|ext\.?)\s*\d+$/i, "").replace(/\D/g, "");
  return digits.length >= 5 ? digits.slice(-10) : null;
}

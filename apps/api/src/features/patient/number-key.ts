import type { Work } from "../../core/unit-of-work.ts";
import { phoneToken, ssnToken } from "./sealed-fields.ts";
import { compactDate } from "./search-query.ts";
import type { NumberKey } from "./search-store.ts";

/** Everything the digits could be of a patient, as what the database holds of it. */
export function numberKeyOf({ platform, scope }: Work, digits: string): NumberKey {
  return {
    digits,
    phoneToken: phoneToken(platform.keys, scope.tenantId, digits),
    ssnToken: digits.length === 9 ? ssnToken(platform.keys, scope.tenantId, digits) : null,
    date: compactDate(digits),
  };
}

/**
 * Medical record numbers are digits with a Luhn check digit (ISO/IEC 7812-1 annex B) at the end, so that one mistyped
 * digit, or two neighbours swapped, never names another patient. Stored bare (`1000427`), shown grouped (`100-042-7`).
 */
export function mrnFromSequence(sequence: number): string {
  const body = String(sequence).padStart(6, "0");
  return body + luhnDigit(body);
}

/** Whether the text, once bare, is a medical record number with a right check digit. */
export function isMrn(text: string): boolean {
  const digits = normaliseMrn(text);
  return /^\d{7,12}$/.test(digits) && luhnDigit(digits.slice(0, -1)) === digits.slice(-1);
}

/** Drops blanks and dashes; leaves everything else, so that a foreign identifier never becomes one of ours. */
export function normaliseMrn(text: string): string {
  return text.replace(/[\s-]/g, "");
}

/** `1000427` -> `100-042-7`. */
export function formatMrn(mrn: string): string {
  if (!/^\d{7,12}$/.test(mrn)) return mrn;
  const body = mrn.slice(0, -1).replace(/\B(?=(\d{3})+$)/g, "-");
  return `${body}-${mrn.slice(-1)}`;
}

function luhnDigit(body: string): string {
  let sum = 0;
  for (let i = 0; i < body.length; i++) {
    const digit = Number(body[body.length - 1 - i]);
    const weighted = i % 2 === 0 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return String((10 - (sum % 10)) % 10);
}

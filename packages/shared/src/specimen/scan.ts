import { isMrn, mrnFromSequence, normaliseMrn } from "../patient/index.ts";

/** A tube's number: S, at least six digits, a check digit; no order (L) and no patient (digits) has one like it. */
export const barcodeFromSequence = (sequence: number) => `S${mrnFromSequence(sequence)}`;

export type Scanned = { kind: "specimen" | "order" | "patient"; code: string };

/** What a scanned or typed code is the number of, by its form and check digit; null where it is none of ours. */
export function readScan(text: string): Scanned | null {
  const code = text.trim().toUpperCase();
  const digits = code.slice(1);
  if (/^S\d+$/.test(code)) return isMrn(digits) ? { kind: "specimen", code } : null;
  if (/^L\d+$/.test(code)) return isMrn(digits) ? { kind: "order", code } : null;
  return isMrn(code) ? { kind: "patient", code: normaliseMrn(code) } : null;
}

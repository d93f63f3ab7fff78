import { mrnFromSequence } from "@infirmary/shared/patient";
import { isCritical } from "@infirmary/shared/result";

/** An order's number: L, at least six digits, a Luhn check digit; short enough for OBR-2 of every HL7 version, typed by hand without risk. */
export function orderNumberFromSequence(sequence: number): string {
  return `L${mrnFromSequence(sequence)}`;
}

/** What the bell says of a new result: no name of the patient, which a glance over a shoulder could take along. */
export function resultTitle(
  order: { orderNumber: string; testName: string },
  flags: readonly (string | null)[],
  isCorrection: boolean,
): string {
  const critical = flags.filter(isCritical).length;
  const what = isCorrection ? "Corrected result" : "Result";
  return critical > 0
    ? `CRITICAL: ${order.testName} (${order.orderNumber}), ${critical} critical ${critical === 1 ? "value" : "values"}`
    : `${what}: ${order.testName} (${order.orderNumber})`;
}

import type { FilingOrder } from "../order/index.ts";
import type { Content } from "./interpret-message.ts";
import { Refusal } from "./refusal.ts";
import { foreignOrderNumbers, patientContradictions } from "./rules.ts";

/** Why order or patient are not the ones the message speaks of; null where they are. `authorities`: names under which PID-3.4 may call us; none: any. */
export function mismatchOf(
  content: Content,
  order: Omit<FilingOrder, "patient_facility_ids">,
  authorities: readonly string[],
): Refusal | null {
  if (order.status === "CANCELLED")
    return new Refusal("order-cancelled", { detail: "The order was cancelled; nothing can be filed with it." });
  const patient = { mrn: order.mrn, lastName: order.last_name, dateOfBirth: order.date_of_birth, gender: order.gender };
  const contradictions = patientContradictions(content, patient, authorities);
  if (contradictions.length > 0) return new Refusal("patient-mismatch", { errors: contradictions });
  if (foreignOrderNumbers(content, order.order_number).length > 0) {
    return new Refusal("order-mismatch", {
      errors: [{ path: "OBR-2", message: `The message names another order than ${order.order_number}.` }],
    });
  }
  return null;
}

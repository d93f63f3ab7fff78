import type { FilingOrder } from "../order/index.ts";
import type { Content } from "./interpret-message.ts";
import { Refusal } from "./refusal.ts";
import { foreignOrderNumbers, patientContradictions } from "./rules.ts";

/** Refuses unless order and patient are the ones the message speaks of. `authorities`: names under which PID-3.4 may call us; none: any. */
export function refuseMismatch(
  content: Content,
  order: Omit<FilingOrder, "patient_facility_ids">,
  authorities: readonly string[],
): void {
  const patient = { mrn: order.mrn, lastName: order.last_name, dateOfBirth: order.date_of_birth, gender: order.gender };
  const contradictions = patientContradictions(content, patient, authorities);
  if (contradictions.length > 0) throw new Refusal("patient-mismatch", { errors: contradictions });
  if (foreignOrderNumbers(content, order.order_number).length > 0) {
    throw new Refusal("order-mismatch", {
      errors: [{ path: "OBR-2", message: `The message names another order than ${order.order_number}.` }],
    });
  }
  if (order.status === "CANCELLED")
    throw new Refusal("order-cancelled", { detail: "The order was cancelled; nothing can be filed with it." });
}

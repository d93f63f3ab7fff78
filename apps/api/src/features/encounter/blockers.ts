import { documentKindNames } from "@infirmary/shared/document";
import type { Blocker, Encounter } from "@infirmary/shared/encounter";
import type { Work } from "../../core/unit-of-work.ts";
import { findOpen, type Openness } from "./blockers-store.ts";

/** What stands in the way of closing the visit, each with the screen where it is put right. */
export async function blockersOf({ connection, scope }: Work, encounter: Encounter): Promise<Blocker[]> {
  return blockersFrom(
    encounter,
    await findOpen(connection, { tenantId: scope.tenantId, id: encounter.id, patientId: encounter.patientId }),
  );
}

/** The same from what was found open: pure. */
export function blockersFrom({ id, patientId }: Pick<Encounter, "id" | "patientId">, open: Openness): Blocker[] {
  return [
    ...(open.has_diagnosis
      ? []
      : [{ code: "no-diagnosis", title: "No primary diagnosis is written.", link: `/encounters/${id}#diagnoses` }]),
    ...(open.allergies_asked
      ? []
      : [
          {
            code: "allergy-status-missing",
            title: "Nobody has asked the patient about allergies.",
            link: `/patients/${patientId}#allergies`,
          },
        ]),
    ...open.documents.map((document) => ({
      code: "unsigned-note",
      title: `Not signed: ${documentKindNames[document.kind]}${document.number > 1 ? `, version ${document.number}` : ""}.`,
      link: `/encounters/${id}?document=${document.id}`,
    })),
    ...open.orders.map((order) =>
      order.kind === "critical"
        ? {
            code: "open-critical-result",
            title: `A critical result is not signed off: ${order.short_name} (${order.order_number}).`,
            link: `/orders/${order.id}`,
          }
        : {
            code: "unfinished-order",
            title: `An order of this visit is not finished: ${order.short_name} (${order.order_number}).`,
            link: `/orders/${order.id}`,
          },
    ),
  ];
}

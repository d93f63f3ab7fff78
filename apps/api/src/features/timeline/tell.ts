import { type DocumentKind, documentKindNames } from "@infirmary/shared/document";
import { type EncounterStatus, encounterStatusNames } from "@infirmary/shared/encounter";
import type { TimelineItem, TimelineType } from "@infirmary/shared/timeline";
import type { EventRow } from "./store.ts";

type Telling = { type: TimelineType; title: (event: EventRow) => string };

const text = (value: unknown) => (typeof value === "string" ? value : "");
const nameOf = (status: unknown) => encounterStatusNames[text(status) as EncounterStatus] ?? "";
const order = ({ order_name: name }: EventRow) => name ?? "an order";
const diagnosis = ({ diagnosis_title: title, detail }: EventRow) => title ?? text(detail?.code);

const written = ({ detail }: EventRow) => documentKindNames[text(detail?.kind) as DocumentKind] ?? "Document";

/** Every event that belongs on a timeline, and how it is said. What is not here is not told. */
const tellings: Record<string, Telling> = {
  "patient.created": { type: "record", title: () => "Registered" },
  "encounter.created": { type: "visit", title: () => "Visit planned" },
  "encounter.changed": {
    type: "visit",
    title: ({ detail }) =>
      detail?.wrote
        ? `${text(detail.wrote) === "plan" ? "Plan" : "Assessment"} written`
        : `Visit: ${nameOf(detail?.to).toLowerCase()}`,
  },
  "encounter.overridden": {
    type: "visit",
    title: ({ detail }) =>
      `Visit closed although ${detail?.open ?? "something"} ${detail?.open === 1 ? "thing was" : "things were"} open`,
  },
  "vitals.recorded": {
    type: "vitals",
    title: ({ detail }) => `Vital signs: ${text(detail?.kind)} ${detail?.score ?? ""}, ${text(detail?.risk)} risk`,
  },
  "vitals.scale-set": { type: "vitals", title: ({ detail }) => `SpO₂ scale ${detail?.scale ?? ""} chosen` },
  "diagnosis.added": {
    type: "diagnosis",
    title: (event) => `${event.detail?.rank === "primary" ? "Primary" : "Secondary"} diagnosis: ${diagnosis(event)}`,
  },
  "diagnosis.withdrawn": { type: "diagnosis", title: (event) => `Diagnosis taken off: ${diagnosis(event)}` },
  "problem.changed": {
    type: "diagnosis",
    title: (event) =>
      `${event.detail?.to === "RESOLVED" ? "Problem resolved" : "On the problem list"}: ${diagnosis(event)}`,
  },
  "allergy.changed": {
    type: "record",
    title: ({ detail }) =>
      detail?.to === "NONE_KNOWN"
        ? "Asked: no known allergies"
        : detail?.to === "REFUTED"
          ? "Allergy taken off"
          : "Allergy added",
  },
  "order.created": { type: "order", title: (event) => `Ordered: ${order(event)}` },
  "order.changed": { type: "order", title: (event) => `Order moved on: ${order(event)}` },
  "result.filed": { type: "result", title: (event) => `Result: ${order(event)}` },
  "result.corrected": { type: "result", title: (event) => `Corrected result: ${order(event)}` },
  "document.created": { type: "document", title: (event) => `${written(event)} begun` },
  "document.signed": {
    type: "document",
    title: (event) =>
      event.detail?.version === "original"
        ? `${written(event)} signed`
        : `${written(event)}: ${text(event.detail?.version)} signed, version ${event.detail?.number ?? ""}`,
  },
  "document.amending": {
    type: "document",
    title: (event) => `${written(event)}: ${text(event.detail?.version)} begun`,
  },
  "attachment.added": { type: "document", title: () => "File attached" },
  "attachment.removed": { type: "document", title: () => "File put away" },
  "attachment.restored": { type: "document", title: () => "File brought back" },
  "document.discarded": { type: "document", title: (event) => `${written(event)}: draft put away` },
  "document.restored": { type: "document", title: (event) => `${written(event)}: draft brought back` },
  "appointment.booked": {
    type: "appointment",
    title: ({ detail }) => `Appointment booked: ${text(detail?.visitType)}`,
  },
  "appointment.changed": {
    type: "appointment",
    title: ({ detail }) => appointmentTitles[text(detail?.to)] ?? "Appointment changed",
  },
};

const appointmentTitles: Record<string, string> = {
  BOOKED: "Appointment: last step taken back",
  CHECKED_IN: "Appointment: checked in",
  NO_SHOW: "Appointment: did not come",
  CANCELLED: "Appointment cancelled",
};

/** Names of the events of a type, or of all. */
export const namesOf = (type: TimelineType | undefined) =>
  Object.entries(tellings).flatMap(([name, telling]) => (type === undefined || telling.type === type ? [name] : []));

/** An event as a person reads it. */
export function tell(event: EventRow): TimelineItem {
  const telling = tellings[event.name];
  if (!telling) throw new Error("Only events that are told are read.");
  return {
    id: event.id,
    at: event.at.toISOString(),
    type: telling.type,
    title: telling.title(event),
    actor: event.actor,
    link: linkOf(event),
  };
}

function linkOf(event: EventRow): string {
  const { name, order_id: orderId, encounter_id: encounterId, patient_id: patientId, subject_id: subjectId } = event;
  if (subjectId && name.startsWith("document."))
    return `${encounterId ? `/encounters/${encounterId}` : `/patients/${patientId}`}?document=${subjectId}`;
  if (orderId) return `/orders/${orderId}`;
  if (encounterId) return `/encounters/${encounterId}`;
  return `/patients/${patientId}`;
}

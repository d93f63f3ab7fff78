import { type DemoOrder, demoTest, type OruPatient } from "@infirmary/db/seed";
import type { AuditInput } from "../core/audit.ts";
import { newId } from "../core/id.ts";
import type { Platform } from "../core/platform.ts";
import { orderNumberFromSequence } from "../features/order/index.ts";
import { fileResults } from "./file-results.ts";
import type { History, HistoryOrder } from "./history-rows.ts";
import { addLooks } from "./looks.ts";
import type { DemoFacility, DemoPerson } from "./store.ts";

export type HistoryInput = {
  tenantId: string;
  now: Date;
  orders: readonly DemoOrder[];
  patients: readonly (OruPatient & { id: string; createdAt: Date; firstName: string; gender: string })[];
  people: readonly DemoPerson[];
  facilities: readonly DemoFacility[];
  keys: Platform["keys"];
};

/** What the builders of the past share: the rows so far, and how an audit entry gets its person and time. */
export type Chronicle = HistoryInput & {
  history: History;
  doctor: DemoPerson;
  technician: DemoPerson;
  note(person: DemoPerson, at: Date, facilityId: string, entry: AuditInput): void;
};

/** The rows that a month of work would have left, in the order it was done. */
export function historyOf(input: HistoryInput): History {
  const history: History = { orders: [], messages: [], observations: [], reviews: [], notifications: [], audits: [] };
  const person = (role: string) => {
    const found = input.people.find((candidate) => candidate.role === role);
    if (!found) throw new Error(`The demo has no ${role}.`);
    return found;
  };
  const chronicle: Chronicle = {
    ...input,
    history,
    doctor: person("doctor"),
    technician: person("lab_technician"),
    note: (who, at, facilityId, entry) => void history.audits.push({ ...entry, at, person: who, facilityId }),
  };
  const [main] = input.facilities;
  if (!main) throw new Error("The demo has no facility.");
  for (const { id, mrn, lastName, firstName, dateOfBirth, gender, createdAt } of input.patients) {
    chronicle.note(person("nurse"), createdAt, main.id, {
      action: "patient.create",
      entity: "patient",
      entityId: id,
      patientId: id,
      after: { mrn, firstName, lastName, dateOfBirth, gender },
    });
  }
  for (const [index, order] of input.orders.entries()) addOrder(chronicle, order, index + 1);
  addLooks(chronicle, input.people, main.id);
  return history;
}

function addOrder(chronicle: Chronicle, draft: DemoOrder, sequence: number): void {
  const { history, doctor, technician, note } = chronicle;
  const patient = chronicle.patients[draft.patient];
  const facility = chronicle.facilities.find(({ code }) => code === draft.facility);
  if (!patient || !facility) throw new Error("An order names a patient or facility that the demo has not.");
  const order: HistoryOrder = {
    ...draft,
    id: newId(draft.orderedAt.getTime()),
    orderNumber: orderNumberFromSequence(sequence),
    testName: demoTest(draft.testCode).name,
    patientId: patient.id,
    patient,
    facilityId: facility.id,
    orderedById: doctor.id,
    completedAt: null,
    updatedAt: draft.orderedAt,
    version: 1,
    counts: { observations: 0, abnormal: 0, critical: 0, pending: 0 },
  };
  history.orders.push(order);
  const about = { entity: "order", entityId: order.id, patientId: patient.id };
  const move = (
    who: DemoPerson,
    at: Date,
    action: string,
    [from, to]: [string, string],
    words: string | null = null,
  ) => {
    note(who, at, facility.id, { action, ...about, words, before: { status: from }, after: { status: to } });
    order.version++;
    order.updatedAt = at;
  };
  note(doctor, order.orderedAt, facility.id, {
    action: "order.create",
    ...about,
    after: { orderNumber: order.orderNumber, testCode: order.testCode, priority: order.priority },
  });
  if (draft.cancel) move(doctor, draft.cancel.at, "order.cancel", ["ORDERED", "CANCELLED"], draft.cancel.reason);
  if (draft.startedAt) move(technician, draft.startedAt, "order.start", ["ORDERED", "IN_PROGRESS"]);
  fileResults(chronicle, order, facility.timeZone);
  if (order.priority === "STAT" && order.status === "ORDERED") {
    history.notifications.push({
      id: newId(order.orderedAt.getTime()),
      userId: technician.id,
      kind: "order-placed",
      title: `STAT: ${order.testName} (${order.orderNumber})`,
      orderId: order.id,
      patientId: patient.id,
      createdAt: order.orderedAt,
      readAt: null,
    });
  }
  if (!draft.review) return;
  const { at, comment } = draft.review;
  history.reviews.push({
    id: newId(at.getTime()),
    orderId: order.id,
    orderVersion: order.version,
    reviewedById: doctor.id,
    comment,
    reviewedAt: at,
  });
  move(doctor, at, "result.sign-off", ["COMPLETED", "REVIEWED"]);
}

// What the builders of messages share: the header, the patient, the visit.
import { buildWith, checkOwn, type FieldValue, formatTime, Hl7Writer } from "./hl7-writer.ts";

/** One side of an interface: MSH-3 and MSH-4, or MSH-5 and MSH-6. */
export type Hl7Party = { application: string; facility: string };

/** A code with its text and coding system. */
export type Hl7Code = { code: string; name?: string; codingSystem?: string };

/** A person who does something: number and name. */
export type Hl7Person = { id: string; familyName: string; givenName: string };

/** A place: ward (point of care), room, bed, facility. */
export type Hl7Place = { pointOfCare?: string; room?: string; bed?: string; facility?: string };

/** What every message begins with. */
export type Hl7Head = {
  sender: Hl7Party;
  receiver: Hl7Party;
  controlId: string;
  at: Date | string;
  /** Default 2.5.1. */
  version?: "2.5" | "2.5.1" | "2.6" | "2.7" | "2.7.1" | "2.8";
  /** Production, training or debugging; default P. */
  processingId?: "P" | "T" | "D";
};

/** A number of a patient. */
export type Hl7Identifier = { id: string; authority?: string /** MR unless another is given. */; type?: string };

/** The patient, PID. */
export type Hl7PatientInput = {
  identifiers: readonly Hl7Identifier[];
  familyName: string;
  givenName: string;
  middleName?: string;
  /** YYYYMMDD, or less when less is known. */
  birthDate?: string;
  /** PID-8: F, M, O, U, A, N. */
  sex?: string;
  address?: { street?: string; city?: string; state?: string; postalCode?: string; country?: string };
  phone?: string;
};

/** The visit, PV1. */
export type Hl7VisitInput = {
  /** PV1-2: I inpatient, O outpatient, E emergency, P preadmit, R recurring, N not applicable … */
  patientClass: string;
  location?: Hl7Place;
  /** PV1-6. */
  priorLocation?: Hl7Place;
  attending?: Hl7Person;
  /** PV1-10. */
  service?: string;
  /** PV1-19. */
  visitNumber?: string;
  admittedAt?: Date | string;
  dischargedAt?: Date | string;
  /** PV1-36. */
  dischargeDisposition?: string;
};

export const coded = ({ code, name, codingSystem }: Hl7Code): FieldValue => [code, name, codingSystem];
export const time = (at: Date | string | undefined): string | undefined =>
  at === undefined ? undefined : formatTime(at);
export const person = (of: Hl7Person | undefined): FieldValue => of && [of.id, of.familyName, of.givenName];
export const place = (of: Hl7Place | undefined): FieldValue => of && [of.pointOfCare, of.room, of.bed, of.facility];
const identifier = ({ id, authority, type }: Hl7Identifier): FieldValue => [
  id,
  undefined,
  undefined,
  authority,
  type ?? "MR",
];

/**
 * Writes a message, with MSH-18 only where it needs one, and reads it with the strict profile before it is handed out.
 * @throws Hl7Error `value-invalid` with the path of the value that a strict receiver would refuse, `argument-invalid` for an
 * input of another shape.
 */
export function buildMessage(write: (charset: string | undefined) => Hl7Writer): Uint8Array {
  return buildWith(() => {
    const writer = write(undefined);
    return checkOwn((writer.hasNonAscii ? write("UNICODE UTF-8") : writer).finish());
  });
}

/** MSH. `type` is message, event and structure. */
export function writeHead(input: Hl7Head, type: readonly string[], charset: string | undefined): Hl7Writer {
  const { sender, receiver } = input;
  return new Hl7Writer()
    .segment("MSH")
    .field(3, sender.application)
    .field(4, sender.facility)
    .field(5, receiver.application)
    .field(6, receiver.facility)
    .field(7, formatTime(input.at))
    .field(9, type)
    .field(10, input.controlId)
    .field(11, input.processingId ?? "P")
    .field(12, input.version ?? "2.5.1")
    .field(18, charset);
}

/** EVN: when it was recorded and when it happened. */
export function writeEvent(writer: Hl7Writer, recordedAt: Date | string, occurredAt: Date | string | undefined): void {
  writer.segment("EVN").field(2, formatTime(recordedAt)).field(6, time(occurredAt));
}

/** Identifiers, each a repetition of field n. */
export function writeIdentifiers(writer: Hl7Writer, n: number, identifiers: readonly Hl7Identifier[]): void {
  for (const [i, one] of identifiers.entries()) writer.repetition(n, i + 1, identifier(one));
}

/** PID. */
export function writePatient(writer: Hl7Writer, patient: Hl7PatientInput): void {
  const { address } = patient;
  writer.segment("PID").field(1, "1");
  writeIdentifiers(writer, 3, patient.identifiers);
  writer
    .field(5, [patient.familyName, patient.givenName, patient.middleName])
    .field(7, patient.birthDate)
    .field(8, patient.sex)
    .field(11, address && [address.street, undefined, address.city, address.state, address.postalCode, address.country])
    .field(13, patient.phone);
}

/** PV1. */
export function writeVisit(writer: Hl7Writer, visit: Hl7VisitInput): void {
  writer
    .segment("PV1")
    .field(1, "1")
    .field(2, visit.patientClass)
    .field(3, place(visit.location))
    .field(6, place(visit.priorLocation))
    .field(7, person(visit.attending))
    .field(10, visit.service)
    .field(19, visit.visitNumber)
    .field(36, visit.dischargeDisposition)
    .field(44, time(visit.admittedAt))
    .field(45, time(visit.dischargedAt));
}

/** An NTE for each note; its lines are repetitions. */
export function writeNotes(writer: Hl7Writer, notes: readonly string[] | undefined): void {
  for (const [i, note] of (notes ?? []).entries()) {
    writer
      .segment("NTE")
      .field(1, String(i + 1))
      .field(2, "L")
      .lines(3, note);
  }
}

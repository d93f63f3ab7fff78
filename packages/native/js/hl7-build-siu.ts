import {
  buildMessage,
  coded,
  type Hl7Code,
  type Hl7Head,
  type Hl7PatientInput,
  type Hl7Person,
  type Hl7Place,
  type Hl7VisitInput,
  person,
  place,
  time,
  writeHead,
  writeNotes,
  writePatient,
  writeVisit,
} from "./hl7-build-parts.ts";

/** An appointment for one patient. */
export type Hl7SiuInput = Hl7Head & {
  /** S12 booked, S13 moved, S14 changed, S15 cancelled. */
  event: "S12" | "S13" | "S14" | "S15";
  appointment: {
    placerId?: string;
    fillerId?: string;
    /** SCH-6: why this message is sent. */
    eventReason: Hl7Code;
    /** SCH-7: why the patient comes. */
    reason?: Hl7Code;
    startsAt: Date | string;
    minutes: number;
    /** SCH-25: Booked, Cancelled, Complete … */
    status?: string;
    /** SCH-16: whom to ask about it; SCH-20: who entered it, the same person unless said. */
    contact: Hl7Person;
    enteredBy?: Hl7Person;
    notes?: readonly string[];
  };
  patient: Hl7PatientInput;
  visit?: Hl7VisitInput;
  /** What is done, where, and by whom. */
  service: Hl7Code;
  location?: Hl7Place;
  practitioner?: Hl7Person & { role: Hl7Code };
};

/**
 * An SIU. Whatever the texts hold, the message has exactly the segments that were asked for, and a strict receiver accepts
 * it.
 * @throws Hl7Error `value-invalid` with the path of the value that a strict receiver would refuse.
 */
export function buildSiu(input: Hl7SiuInput): Uint8Array {
  return buildMessage((charset) => {
    const { appointment, practitioner } = input;
    const startsAt = time(appointment.startsAt);
    const minutes = String(appointment.minutes);
    const writer = writeHead(input, ["SIU", input.event, "SIU_S12"], charset)
      .segment("SCH")
      .field(1, appointment.placerId)
      .field(2, appointment.fillerId)
      .field(6, coded(appointment.eventReason))
      .field(7, appointment.reason && coded(appointment.reason))
      .field(16, person(appointment.contact))
      .field(20, person(appointment.enteredBy ?? appointment.contact))
      .field(25, appointment.status);
    writeNotes(writer, appointment.notes);
    writePatient(writer, input.patient);
    if (input.visit) writeVisit(writer, input.visit);
    writer.segment("RGS").field(1, "1").field(2, "A");
    writer.segment("AIS").field(1, "1").field(2, "A").field(3, coded(input.service)).field(4, startsAt);
    writer.field(7, minutes).field(8, ["min", "minute", "UCUM"]);
    if (input.location) {
      writer.segment("AIL").field(1, "1").field(2, "A").field(3, place(input.location)).field(6, startsAt);
      writer.field(9, minutes).field(10, ["min", "minute", "UCUM"]);
    }
    if (practitioner) {
      writer.segment("AIP").field(1, "1").field(2, "A").field(3, person(practitioner));
      writer
        .field(4, coded(practitioner.role))
        .field(6, startsAt)
        .field(9, minutes)
        .field(10, ["min", "minute", "UCUM"]);
    }
    return writer;
  });
}

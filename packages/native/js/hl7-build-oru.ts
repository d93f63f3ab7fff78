import { buildWith, checkOwn, type FieldValue, formatTime, Hl7Writer } from "./hl7-writer.ts";

/** One side of an interface: MSH-3 and MSH-4, or MSH-5 and MSH-6. */
export type Hl7Party = { application: string; facility: string };

/** A code with its text and coding system. */
export type Hl7Code = { code: string; name?: string; codingSystem?: string };

/** One OBX. */
export type Hl7ObservationInput = Hl7Code & {
  /** OBX-2: NM, SN, ST, TX, FT, CWE, DT, TM, TS … */
  valueType: string;
  subId?: string;
  /** Text, or the components of SN (`["<", "15"]`), CWE (`["260415000", "Not detected", "SCT"]`) and their like. */
  value: string | readonly string[];
  unit?: string;
  referenceRange?: string;
  abnormalFlag?: string;
  /** OBX-11: F, P, C … */
  status: string;
  observedAt?: Date | string;
  /** Each an NTE after the OBX. */
  notes?: readonly string[];
};

/** One OBR with its OBX. */
export type Hl7OrderInput = Hl7Code & {
  placerOrderNumber?: string;
  fillerOrderNumber?: string;
  collectedAt?: Date | string;
  reportedAt?: Date | string;
  /** OBR-25, default F. */
  status?: string;
  /** OBR-16: identifier, family name, given name. */
  orderedBy?: { id: string; familyName: string; givenName: string };
  observations: readonly Hl7ObservationInput[];
};

/** A laboratory result for one patient. */
export type Hl7OruInput = {
  sender: Hl7Party;
  receiver: Hl7Party;
  controlId: string;
  at: Date | string;
  /** Default 2.5.1. */
  version?: "2.5" | "2.5.1" | "2.6" | "2.7" | "2.7.1" | "2.8";
  /** Production, training or debugging; default P. */
  processingId?: "P" | "T" | "D";
  patient: {
    /** PID-3; type MR unless another is given. */
    identifiers: readonly { id: string; authority?: string; type?: string }[];
    familyName: string;
    givenName: string;
    middleName?: string;
    /** YYYYMMDD, or less when less is known. */
    birthDate?: string;
    /** PID-8: F, M, O, U, A, N. */
    sex?: string;
  };
  orders: readonly Hl7OrderInput[];
};

const coded = ({ code, name, codingSystem }: Hl7Code): FieldValue => [code, name, codingSystem];
const time = (at: Date | string | undefined): string | undefined => (at === undefined ? undefined : formatTime(at));

function writeNote(writer: Hl7Writer, setId: number, note: string): void {
  writer.segment("NTE").field(1, String(setId)).field(2, "L").lines(3, note);
}

function writeObservation(writer: Hl7Writer, setId: number, input: Hl7ObservationInput): void {
  writer.segment("OBX").field(1, String(setId)).field(2, input.valueType).field(3, coded(input)).field(4, input.subId);
  const isLines = typeof input.value === "string" && (input.valueType === "TX" || input.valueType === "FT");
  if (isLines) writer.lines(5, String(input.value));
  else writer.field(5, input.value);
  writer
    .field(6, input.unit)
    .field(7, input.referenceRange)
    .field(8, input.abnormalFlag)
    .field(11, input.status)
    .field(14, time(input.observedAt));
  for (const [i, note] of (input.notes ?? []).entries()) writeNote(writer, i + 1, note);
}

function writeOrder(writer: Hl7Writer, setId: number, input: Hl7OrderInput): void {
  const by = input.orderedBy;
  writer
    .segment("OBR")
    .field(1, String(setId))
    .field(2, input.placerOrderNumber)
    .field(3, input.fillerOrderNumber)
    .field(4, coded(input))
    .field(7, time(input.collectedAt))
    .field(16, by ? [by.id, by.familyName, by.givenName] : undefined)
    .field(22, time(input.reportedAt))
    .field(25, input.status ?? "F");
  for (const [i, observation] of input.observations.entries()) writeObservation(writer, i + 1, observation);
}

function writeMessage(input: Hl7OruInput, charset: string | undefined): Hl7Writer {
  const { sender, receiver, patient } = input;
  const writer = new Hl7Writer()
    .segment("MSH")
    .field(3, sender.application)
    .field(4, sender.facility)
    .field(5, receiver.application)
    .field(6, receiver.facility)
    .field(7, formatTime(input.at))
    .field(9, ["ORU", "R01", "ORU_R01"])
    .field(10, input.controlId)
    .field(11, input.processingId ?? "P")
    .field(12, input.version ?? "2.5.1")
    .field(18, charset)
    .segment("PID")
    .field(1, "1");
  for (const [i, { id, authority, type }] of patient.identifiers.entries()) {
    writer.repetition(3, i + 1, [id, undefined, undefined, authority, type ?? "MR"]);
  }
  writer
    .field(5, [patient.familyName, patient.givenName, patient.middleName])
    .field(7, patient.birthDate)
    .field(8, patient.sex);
  for (const [i, order] of input.orders.entries()) writeOrder(writer, i + 1, order);
  return writer;
}

/**
 * An ORU^R01. Whatever the texts hold, the message has exactly the segments that were asked for, and a strict receiver
 * accepts it.
 * @throws Hl7Error `value-invalid` with the path of the value that a strict receiver would refuse.
 */
export function buildOru(input: Hl7OruInput): Uint8Array {
  return buildWith(() => {
    const writer = writeMessage(input, undefined);
    return checkOwn((writer.hasNonAscii ? writeMessage(input, "UNICODE UTF-8") : writer).finish());
  });
}

import {
  buildMessage,
  coded,
  type Hl7Code,
  type Hl7Head,
  type Hl7PatientInput,
  type Hl7Person,
  person,
  time,
  writeHead,
  writeNotes,
  writePatient,
} from "./hl7-build-parts.ts";
import type { Hl7Writer } from "./hl7-writer.ts";

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
  orderedBy?: Hl7Person;
  observations: readonly Hl7ObservationInput[];
};

/** A laboratory result for one patient. */
export type Hl7OruInput = Hl7Head & {
  patient: Hl7PatientInput;
  orders: readonly Hl7OrderInput[];
};

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
  writeNotes(writer, input.notes);
}

function writeOrder(writer: Hl7Writer, setId: number, input: Hl7OrderInput): void {
  writer
    .segment("OBR")
    .field(1, String(setId))
    .field(2, input.placerOrderNumber)
    .field(3, input.fillerOrderNumber)
    .field(4, coded(input))
    .field(7, time(input.collectedAt))
    .field(16, person(input.orderedBy))
    .field(22, time(input.reportedAt))
    .field(25, input.status ?? "F");
  for (const [i, observation] of input.observations.entries()) writeObservation(writer, i + 1, observation);
}

/**
 * An ORU^R01. Whatever the texts hold, the message has exactly the segments that were asked for, and a strict receiver
 * accepts it.
 * @throws Hl7Error `value-invalid` with the path of the value that a strict receiver would refuse.
 */
export function buildOru(input: Hl7OruInput): Uint8Array {
  return buildMessage((charset) => {
    const writer = writeHead(input, ["ORU", "R01", "ORU_R01"], charset);
    writePatient(writer, input.patient);
    for (const [i, order] of input.orders.entries()) writeOrder(writer, i + 1, order);
    return writer;
  });
}

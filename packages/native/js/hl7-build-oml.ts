import {
  buildMessage,
  coded,
  type Hl7Code,
  type Hl7Head,
  type Hl7PatientInput,
  type Hl7Person,
  type Hl7VisitInput,
  person,
  time,
  writeHead,
  writeNotes,
  writePatient,
  writeVisit,
} from "./hl7-build-parts.ts";
import type { Hl7Writer } from "./hl7-writer.ts";

/** A specimen, SPM. */
export type Hl7SpecimenInput = Hl7Code & {
  /** The number on its label. */
  id?: string;
  collectedAt?: Date | string;
};

/** One test that is ordered: ORC and OBR. */
export type Hl7LabOrderInput = Hl7Code & {
  /** ORC-1: NW new, CA cancel, RP replace … */
  control: string;
  placerOrderNumber: string;
  fillerOrderNumber?: string;
  orderedAt?: Date | string;
  orderedBy?: Hl7Person;
  /** TQ1-9: S stat, A as soon as possible, R routine … */
  priority?: string;
  /** OBR-13. */
  clinicalInformation?: string;
  notes?: readonly string[];
  specimens?: readonly Hl7SpecimenInput[];
};

/** Laboratory orders for one patient. */
export type Hl7OmlInput = Hl7Head & {
  patient: Hl7PatientInput;
  visit?: Hl7VisitInput;
  orders: readonly Hl7LabOrderInput[];
};

function writeOrder(writer: Hl7Writer, setId: number, input: Hl7LabOrderInput): void {
  writer
    .segment("ORC")
    .field(1, input.control)
    .field(2, input.placerOrderNumber)
    .field(3, input.fillerOrderNumber)
    .field(9, time(input.orderedAt))
    .field(12, person(input.orderedBy));
  if (input.priority !== undefined) writer.segment("TQ1").field(1, "1").field(9, input.priority);
  writer
    .segment("OBR")
    .field(1, String(setId))
    .field(2, input.placerOrderNumber)
    .field(3, input.fillerOrderNumber)
    .field(4, coded(input))
    .field(13, input.clinicalInformation)
    .field(16, person(input.orderedBy));
  writeNotes(writer, input.notes);
  for (const [i, specimen] of (input.specimens ?? []).entries()) {
    writer
      .segment("SPM")
      .field(1, String(i + 1))
      .field(2, specimen.id)
      .field(4, coded(specimen))
      .field(17, time(specimen.collectedAt));
  }
}

/**
 * An OML^O21. Whatever the texts hold, the message has exactly the segments that were asked for, and a strict receiver
 * accepts it.
 * @throws Hl7Error `value-invalid` with the path of the value that a strict receiver would refuse.
 */
export function buildOml(input: Hl7OmlInput): Uint8Array {
  return buildMessage((charset) => {
    const writer = writeHead(input, ["OML", "O21", "OML_O21"], charset);
    writePatient(writer, input.patient);
    if (input.visit) writeVisit(writer, input.visit);
    for (const [i, order] of input.orders.entries()) writeOrder(writer, i + 1, order);
    return writer;
  });
}

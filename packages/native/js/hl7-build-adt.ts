import {
  buildMessage,
  type Hl7Head,
  type Hl7Identifier,
  type Hl7PatientInput,
  type Hl7VisitInput,
  writeEvent,
  writeHead,
  writeIdentifiers,
  writePatient,
  writeVisit,
} from "./hl7-build-parts.ts";

/** The structure of each event that can be built. */
const structures = {
  A01: "ADT_A01",
  A02: "ADT_A02",
  A03: "ADT_A03",
  A04: "ADT_A01",
  A08: "ADT_A01",
  A11: "ADT_A09",
  A13: "ADT_A01",
  A28: "ADT_A05",
  A31: "ADT_A05",
  A40: "ADT_A39",
} as const;

/** Something that happened to a patient's stay or record. */
export type Hl7AdtInput = Hl7Head & {
  /**
   * A01 admitted, A02 transferred, A03 discharged, A04 registered, A08 updated, A11 admission cancelled, A13 discharge
   * cancelled, A28 person added, A31 person updated, A40 two records merged.
   */
  event: keyof typeof structures;
  occurredAt?: Date | string;
  patient: Hl7PatientInput;
  /** Without one PV1-2 is N, not applicable. Not in A40. */
  visit?: Hl7VisitInput;
  /** A40: the numbers of the record that was merged into `patient`. */
  mergedIdentifiers?: readonly Hl7Identifier[];
};

/**
 * An ADT. Whatever the texts hold, the message has exactly the segments that were asked for, and a strict receiver accepts
 * it.
 * @throws Hl7Error `value-invalid` with the path of the value that a strict receiver would refuse: A40 without
 * `mergedIdentifiers`, for one.
 */
export function buildAdt(input: Hl7AdtInput): Uint8Array {
  return buildMessage((charset) => {
    const writer = writeHead(input, ["ADT", input.event, structures[input.event]], charset);
    writeEvent(writer, input.at, input.occurredAt);
    writePatient(writer, input.patient);
    if (input.event !== "A40") writeVisit(writer, input.visit ?? { patientClass: "N" });
    else writeIdentifiers(writer.segment("MRG"), 1, input.mergedIdentifiers ?? []);
    return writer;
  });
}

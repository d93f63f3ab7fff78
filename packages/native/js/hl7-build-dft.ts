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
  writeEvent,
  writeHead,
  writePatient,
  writeVisit,
} from "./hl7-build-parts.ts";
import { Hl7Error } from "./hl7-error.ts";
import type { FieldValue } from "./hl7-writer.ts";

/** One charge or credit, FT1. */
export type Hl7ChargeInput = Hl7Code & {
  transactionId?: string;
  at: Date | string;
  /** FT1-6: CG charge, CD credit, PY payment, AJ adjustment. */
  type: string;
  quantity?: number;
  /** Of all of it, as decimal text ("12.50") in this currency: no money is ever a floating-point number. */
  amount?: string;
  /** Of one, in the same way. */
  unitAmount?: string;
  currency?: string;
  diagnosis?: Hl7Code;
  performedBy?: Hl7Person;
};

/** Charges for one patient. */
export type Hl7DftInput = Hl7Head & {
  patient: Hl7PatientInput;
  visit?: Hl7VisitInput;
  charges: readonly Hl7ChargeInput[];
};

/** An amount with its currency. The standard lets much pass as a price: we write digits and nothing else. */
function money(path: string, amount: string | undefined, currency: string | undefined): FieldValue {
  if (amount === undefined) return undefined;
  if (typeof amount === "string" && /^-?\d{1,15}(\.\d{1,4})?$/.test(amount)) return [[amount, currency]];
  throw new Hl7Error("value-invalid", 'Expected an amount like "12.50".', { path });
}

/**
 * A DFT^P03. Whatever the texts hold, the message has exactly the segments that were asked for, and a strict receiver
 * accepts it.
 * @throws Hl7Error `value-invalid` with the path of the value that a strict receiver would refuse.
 */
export function buildDft(input: Hl7DftInput): Uint8Array {
  return buildMessage((charset) => {
    const writer = writeHead(input, ["DFT", "P03", "DFT_P03"], charset);
    writeEvent(writer, input.at, undefined);
    writePatient(writer, input.patient);
    if (input.visit) writeVisit(writer, input.visit);
    for (const [i, charge] of input.charges.entries()) {
      writer
        .segment("FT1")
        .field(1, String(i + 1))
        .field(2, charge.transactionId)
        .field(4, time(charge.at))
        .field(6, charge.type)
        .field(7, coded(charge))
        .field(10, charge.quantity === undefined ? undefined : String(charge.quantity))
        .field(11, money("FT1-11", charge.amount, charge.currency))
        .field(12, money("FT1-12", charge.unitAmount, charge.currency))
        .field(19, charge.diagnosis && coded(charge.diagnosis))
        .field(20, person(charge.performedBy));
    }
    return writer;
  });
}

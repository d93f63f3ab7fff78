import { nthPart } from "./hl7-element.ts";
import type { Hl7Message } from "./hl7-message.ts";
import { packName } from "./hl7-path.ts";
import { type Hl7Precision, parseTimestamp } from "./hl7-timestamp.ts";

/** A time as the sender wrote it. iso and precision are null when it is not one that HL7 allows. */
export type Hl7ObservedAt = { text: string; iso: string | null; precision: Hl7Precision | null };

/** One OBX. Texts are decoded; what the sender left out is "". */
export type Hl7Observation = {
  /** Which OBR of the message it stands under, from 1; 0 before the first. */
  obrIndex: number;
  /** Which OBX of the message it is, from 1: the n of `OBX[n]`. */
  obxIndex: number;
  setId: string;
  /** OBX-2: NM, SN, ST, TX, CWE … */
  valueType: string;
  code: string;
  codingSystem: string;
  name: string;
  subId: string;
  /**
   * OBX-5 as written. A coded value is its text (else its code), SN is put together (`<15`, `1:128`), other components
   * are joined with a space; repetitions are lines.
   */
  value: string;
  unit: string;
  referenceRange: string;
  abnormalFlag: string;
  status: string;
  /** OBX-14, else the OBR-7 it stands under. */
  observedAt: Hl7ObservedAt | null;
  /** The NTE lines that follow it. */
  notes: string[];
  line: number;
  offset: number;
};

/** One OBR. */
export type Hl7Order = {
  obrIndex: number;
  /** OBR-2.1, else ORC-2.1 of its group. */
  placerOrderNumber: string;
  /** OBR-3.1, else ORC-3.1 of its group. */
  fillerOrderNumber: string;
  code: string;
  codingSystem: string;
  name: string;
  status: string;
  collectedAt: Hl7ObservedAt | null;
};

const [orc, obr, obx, nte, spm] = ["ORC", "OBR", "OBX", "NTE", "SPM"].map(packName) as [
  number,
  number,
  number,
  number,
  number,
];
const coded = new Set(["CE", "CWE", "CNE", "CF"]);
const plain = new Set(["NM", "ST", "TX", "FT", "DT", "TM", "TS", "DTM", "ID", "IS", "SI"]);

/** Decoded text of component c (1-based) of the first repetition of a field; "" when it is not there. */
function textOf(message: Hl7Message, field: string | undefined, c: number): string {
  if (!field) return "";
  const { repetition, component } = message.delimiters;
  const end = field.indexOf(repetition);
  const first = end < 0 ? field : field.substring(0, end);
  const part = nthPart(first, component, c);
  return part ? message.decode(part) : "";
}

function timeOf(message: Hl7Message, field: string | undefined): Hl7ObservedAt | null {
  const text = textOf(message, field, 1);
  if (text === "" || text === '""') return null;
  const time = parseTimestamp(text);
  return { text, iso: time?.iso ?? null, precision: time?.precision ?? null };
}

/** One repetition of OBX-5, readable. */
function readable(message: Hl7Message, type: string, repetition: string): string {
  const { component } = message.delimiters;
  if (plain.has(type) || !repetition.includes(component)) return message.decode(repetition);
  const parts = repetition.split(component).map((part) => message.decode(part));
  if (type === "SN") return parts.join("");
  if (coded.has(type)) return parts[1] || parts[8] || parts[4] || parts[0] || "";
  return parts.filter((part) => part !== "").join(" ");
}

function resultOf(message: Hl7Message, type: string, field: string | undefined): string {
  if (!field) return "";
  const { repetition } = message.delimiters;
  if (!field.includes(repetition)) return readable(message, type, field);
  return field
    .split(repetition)
    .map((part) => readable(message, type, part))
    .join("\n");
}

/** A coded field as code, system and name; the alternate one where the first is empty. */
function codeOf(message: Hl7Message, field: string | undefined): { code: string; codingSystem: string; name: string } {
  if (!field) return { code: "", codingSystem: "", name: "" };
  const parts = (nthPart(field, message.delimiters.repetition, 1) ?? "").split(message.delimiters.component, 6);
  const shift = !parts[0] && parts[3] ? 3 : 0;
  const text = (i: number): string => message.decode(parts[i + shift] ?? "");
  return { code: text(0), codingSystem: text(2), name: text(1) };
}

/** See {@link Hl7Message.observations}. */
export function readObservations(message: Hl7Message): Hl7Observation[] {
  const found: Hl7Observation[] = [];
  let obrIndex = 0;
  let collected: string | undefined;
  let current: Hl7Observation | undefined;
  for (let i = 0; i < message.segmentCount; i++) {
    const name = message.nameAt(i);
    if (name === obr) {
      obrIndex++;
      collected = message.fieldAt(i, 7);
    }
    if (name === obx) {
      current = readOne(message, i, collected);
      current.obrIndex = obrIndex;
      current.obxIndex = found.push(current);
    } else if (name === nte && current) {
      current.notes.push(resultOf(message, "FT", message.fieldAt(i, 3)));
    } else if (name === obr || name === orc || name === spm) {
      current = undefined;
    }
  }
  return found;
}

function readOne(message: Hl7Message, i: number, collected: string | undefined): Hl7Observation {
  const text = (field: number): string => textOf(message, message.fieldAt(i, field), 1);
  const valueType = text(2);
  const { code, codingSystem, name } = codeOf(message, message.fieldAt(i, 3));
  const unit = message.fieldAt(i, 6);
  const { offset, line } = message.placeAt(i);
  return {
    obrIndex: 0,
    obxIndex: 0,
    setId: text(1),
    valueType,
    code,
    codingSystem,
    name,
    subId: message.decode(message.fieldAt(i, 4) ?? ""),
    value: resultOf(message, valueType, message.fieldAt(i, 5)),
    unit: textOf(message, unit, 1) || textOf(message, unit, 2),
    referenceRange: message.decode(message.fieldAt(i, 7) ?? ""),
    abnormalFlag: text(8),
    status: text(11),
    observedAt: timeOf(message, message.fieldAt(i, 14)) ?? timeOf(message, collected),
    notes: [],
    line,
    offset,
  };
}

/** See {@link Hl7Message.orders}. */
export function readOrders(message: Hl7Message): Hl7Order[] {
  const found: Hl7Order[] = [];
  let control: number | undefined;
  for (let i = 0; i < message.segmentCount; i++) {
    const name = message.nameAt(i);
    if (name === orc) control = i;
    if (name !== obr) continue;
    const own = (field: number): string => textOf(message, message.fieldAt(i, field), 1);
    const group = (field: number): string =>
      control === undefined ? "" : textOf(message, message.fieldAt(control, field), 1);
    found.push({
      obrIndex: found.length + 1,
      placerOrderNumber: own(2) || group(2),
      fillerOrderNumber: own(3) || group(3),
      ...codeOf(message, message.fieldAt(i, 4)),
      status: own(25),
      collectedAt: timeOf(message, message.fieldAt(i, 7)),
    });
    control = undefined;
  }
  return found;
}

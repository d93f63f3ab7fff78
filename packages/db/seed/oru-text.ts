import type { DemoValue } from "./result.ts";

export type OruPatient = { mrn: string; lastName: string; firstName: string; dateOfBirth: string; gender: string };
export type OruOrder = {
  /** OBR-2; empty where the sender names none. */
  orderNumber: string;
  code: string;
  name: string;
  collectedAt: Date;
  values: readonly DemoValue[];
};
export type OruMessage = {
  controlId: string;
  sentAt: Date;
  /** IANA name: times are written local to the laboratory, with their offset. */
  timeZone: string;
  patient: OruPatient;
  orders: readonly OruOrder[];
};

/** An ORU^R01 (HL7 v2.5.1) as the demo laboratory sends it: segments end in CR, text is UTF-8. */
export function oruText({ controlId, sentAt, timeZone, patient, orders }: OruMessage): string {
  const time = (at: Date) => hl7Time(at, timeZone);
  const segments = [
    [
      "MSH",
      "^~\\&",
      "ANALYZER",
      "STANNES",
      "INFIRMARY",
      "STANNES",
      time(sentAt),
      "",
      "ORU^R01^ORU_R01",
      controlId,
      "P",
      "2.5.1",
      "",
      "",
      "",
      "",
      "",
      "UNICODE UTF-8",
    ],
    [
      "PID",
      "1",
      "",
      `${patient.mrn}^^^STANNES^MR`,
      "",
      `${escaped(patient.lastName)}^${escaped(patient.firstName)}`,
      "",
      patient.dateOfBirth.replace(/-/g, ""),
      sexLetters[patient.gender] ?? "U",
    ],
  ];
  for (const [index, order] of orders.entries()) {
    const status = order.values.every((value) => value.status === "P")
      ? "P"
      : order.values.some((value) => value.status === "C")
        ? "C"
        : "F";
    segments.push([
      "OBR",
      String(index + 1),
      order.orderNumber,
      "",
      coded(order.code, order.name),
      "",
      "",
      time(order.collectedAt),
      ...Array(14).fill(""),
      time(sentAt),
      "",
      "",
      status,
    ]);
    for (const [position, value] of order.values.entries()) {
      segments.push([
        "OBX",
        String(position + 1),
        value.valueType,
        coded(value.code, value.name),
        "",
        escaped(value.value),
        escaped(value.unit),
        escaped(value.range),
        value.flag,
        "",
        "",
        value.status,
        "",
        "",
        time(order.collectedAt),
      ]);
      for (const [number, note] of value.notes.entries())
        segments.push(["NTE", String(number + 1), "L", escaped(note)]);
    }
  }
  return `${segments.map((fields) => fields.join("|")).join("\r")}\r`;
}

const sexLetters: Record<string, string> = { female: "F", male: "M", other: "O" };
const escapes: Record<string, string> = {
  "|": "\\F\\",
  "^": "\\S\\",
  "&": "\\T\\",
  "~": "\\R\\",
  "\\": "\\E\\",
  "\n": "\\.br\\",
  "\r": "",
};

/** Text with HL7's delimiters written as escapes. */
const escaped = (text: string) => text.replace(/[|^&~\\\n\r]/g, (character) => escapes[character] ?? "");
const coded = (code: string, name: string) => `${code}^${escaped(name)}^LN`;

/** `YYYYMMDDHHMMSS±ZZZZ` in the zone. */
function hl7Time(at: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "longOffset",
  }).formatToParts(at);
  const part = (type: string) => parts.find((candidate) => candidate.type === type)?.value ?? "";
  const offset = part("timeZoneName").replace("GMT", "").replace(":", "") || "+0000";
  return `${part("year")}${part("month")}${part("day")}${part("hour")}${part("minute")}${part("second")}${offset}`;
}

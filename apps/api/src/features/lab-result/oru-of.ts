import { randomBytes } from "node:crypto";
import type { Asked, LabResultRow } from "./store.ts";

type Reported = {
  asked: Pick<
    Asked,
    | "orderNumber"
    | "mrn"
    | "firstName"
    | "lastName"
    | "dateOfBirth"
    | "gender"
    | "panelCode"
    | "panelName"
    | "collectedAt"
  >;
  values: readonly (Pick<LabResultRow, "code" | "value" | "unit" | "referenceRange" | "flag"> & {
    name: string;
    isNumber: boolean;
    status: "P" | "F" | "C" | "I";
    note: string | null;
  })[];
  facilityCode: string;
  at: Date;
};

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
const escaped = (text: string) => text.replace(/[|^&~\\\n\r]/g, (mark) => escapes[mark] ?? "");

/** `YYYYMMDDHHMMSS+0000`. */
const time = (at: Date) => `${at.toISOString().replace(/\D/g, "").slice(0, 14)}+0000`;

/**
 * What the bench releases, as the message a laboratory would send (ORU^R01, HL7 2.5.1): it is filed as every other one is, so that a value
 * entered by hand stands, corrects and is announced like one that an analyser sent. Numbers go as NM, whatever else as written (ST).
 */
export function oruOf({ asked, values, facilityCode, at }: Reported): Uint8Array {
  const status = values.some((value) => value.status === "C")
    ? "C"
    : values.every((value) => value.status === "F")
      ? "F"
      : "P";
  const coded = (code: string, name: string) => `${code}^${escaped(name)}^LN`;
  const observedAt = time(asked.collectedAt ?? at);
  const segments = [
    [
      "MSH",
      "^~\\&",
      "INFIRMARY-LAB",
      facilityCode,
      "INFIRMARY",
      facilityCode,
      time(at),
      "",
      "ORU^R01^ORU_R01",
      randomBytes(10).toString("hex"),
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
      `${asked.mrn}^^^^MR`,
      "",
      `${escaped(asked.lastName)}^${escaped(asked.firstName)}`,
      "",
      asked.dateOfBirth.replace(/-/g, ""),
      sexLetters[asked.gender] ?? "U",
    ],
    [
      "OBR",
      "1",
      asked.orderNumber,
      "",
      coded(asked.panelCode, asked.panelName),
      "",
      "",
      observedAt,
      ...Array(14).fill(""),
      time(at),
      "",
      "",
      status,
    ],
    ...values.flatMap(({ code, name, value, unit, referenceRange, flag, isNumber, note, ...own }, index) => [
      [
        "OBX",
        String(index + 1),
        isNumber ? "NM" : "ST",
        coded(code, name),
        "",
        escaped(value),
        escaped(unit ?? ""),
        escaped(referenceRange ?? ""),
        flag ?? "",
        "",
        "",
        own.status,
        "",
        "",
        observedAt,
      ],
      ...(note ? [["NTE", "1", "L", escaped(note)]] : []),
    ]),
  ];
  return Buffer.from(`${segments.map((fields) => fields.join("|")).join("\r")}\r`);
}

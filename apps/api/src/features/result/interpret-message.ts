import { type Hl7Message, hl7 } from "@infirmary/native";
import { messageBytesMax } from "@infirmary/shared/hl7";
import { isAbnormal, isCritical } from "@infirmary/shared/result";
import { AppError } from "../../core/app-error.ts";
import { instantOf } from "./instant-of.ts";

/** A message read and judged, before anything of ours is compared with it. */
export type Interpreted = {
  bytes: Uint8Array;
  report: ReturnType<typeof hl7.validate>;
  /** Null where the message cannot be read at all. */
  message: Hl7Message | null;
  content: Content | null;
};

export type Content = {
  sender: string;
  controlId: string;
  type: string;
  version: string;
  /** MSH-7 as sent. */
  sentText: string;
  patients: number;
  /** PID-3: the number, who gave it (PID-3.4.1) and what kind it is. */
  identifiers: { value: string; authority: string; type: string }[];
  familyNames: string[];
  displayName: string;
  birthDate: string;
  sex: string;
  /** Every OBR-2 and ORC-2 that says something. */
  orderNumbers: string[];
  panelCodes: string[];
  observations: Incoming[];
};

/** One OBX as it would be filed; what the sender left out is null. */
export type Incoming = {
  position: number;
  panelCode: string | null;
  panelName: string | null;
  code: string;
  codingSystem: string | null;
  name: string;
  subId: string | null;
  valueType: string;
  value: string | null;
  unit: string | null;
  referenceRange: string | null;
  abnormalFlag: string | null;
  status: string;
  observedAt: Date | null;
  observedText: string | null;
  notes: string[];
};

/**
 * Reads one message of results and judges it in the tolerant profile. Times without a zone are the facility's (HL7 2.5.1, 2.A.22:
 * "the time zone of the sender"); they are kept as sent beside. Where the facility is not known yet (null), `inTimeZone` sets them later.
 */
export function interpretMessage(bytes: Uint8Array, timeZone: string | null): Interpreted {
  if (bytes.length > messageBytesMax) throw new AppError("too-large", { detail: "A message may have at most 5 MB." });
  const report = hl7.validate(bytes, { profile: "tolerant" });
  // A refused message is still read as far as it can be, for showing it.
  const message = report.disposition === "refuse" ? readAnyway(bytes) : hl7.parse(bytes);
  return { bytes, report, message, content: message && contentOf(message, timeZone) };
}

/** The same content with its local times set in that zone. */
export function inTimeZone(content: Content, timeZone: string): Content {
  const observations = content.observations.map((value) => ({
    ...value,
    observedAt: value.observedText ? instantOf(value.observedText, timeZone) : null,
  }));
  return { ...content, observations };
}

function readAnyway(bytes: Uint8Array): Hl7Message | null {
  try {
    return hl7.parse(bytes);
  } catch {
    return null;
  }
}

function contentOf(message: Hl7Message, timeZone: string | null): Content {
  const first = (path: string) => message.get(path)?.trim() ?? "";
  const orders = message.orders();
  const flags = message.rows("OBX", ["8"]);
  return {
    sender: [first("MSH-3.1"), first("MSH-4.1")].join("|"),
    controlId: message.controlId,
    type: message.type,
    version: message.version,
    sentText: first("MSH-7.1"),
    patients: message.count("PID"),
    identifiers: repetitions(message, "PID-3").map((path) => ({
      value: first(`${path}.1`),
      authority: first(`${path}.4.1`),
      type: first(`${path}.5`),
    })),
    familyNames: repetitions(message, "PID-5").flatMap((path) => first(`${path}.1.1`) || []),
    displayName: [first("PID-5.1.1"), first("PID-5.2")].filter(Boolean).join(", "),
    birthDate: first("PID-7.1"),
    sex: first("PID-8.1"),
    orderNumbers: [...new Set([...eachSegment(message, "ORC", "2.1"), ...eachSegment(message, "OBR", "2.1")])],
    panelCodes: orders.flatMap(({ code, codingSystem }) => (code && codingSystem === "LN" ? [code] : [])),
    observations: message.observations().map((obx) => {
      const panel = orders[obx.obrIndex - 1];
      return {
        position: obx.obxIndex,
        panelCode: orNull(panel?.code),
        panelName: orNull(panel?.name),
        code: obx.code,
        codingSystem: orNull(obx.codingSystem),
        name: obx.name || obx.code,
        subId: orNull(obx.subId),
        valueType: obx.valueType,
        value: orNull(obx.value),
        unit: orNull(obx.unit),
        referenceRange: orNull(obx.referenceRange),
        abnormalFlag: orNull(gravestFlag(flags[obx.obxIndex - 1]?.[0], message.delimiters) ?? obx.abnormalFlag),
        status: obx.status,
        observedAt: obx.observedAt && timeZone ? instantOf(obx.observedAt.text, timeZone) : null,
        observedText: obx.observedAt?.text ?? null,
        notes: obx.notes,
      };
    }),
  };
}

/** HL7's null ("") says that the value was deleted: for us there is none. */
const orNull = (text: string | undefined) => (text === undefined || text === "" || text === '""' ? null : text);

/** Lists are bounded: a hostile message can repeat a field a hundred thousand times. */
const repetitionsMax = 50;

function repetitions(message: Hl7Message, field: string): string[] {
  const paths: string[] = [];
  while (paths.length < repetitionsMax) {
    const path = `${field}[${paths.length + 1}]`;
    if (message.get(path) === undefined) break;
    paths.push(path);
  }
  return paths;
}

/** What every segment of the name says there; all of them, because the one that names another order may be the last. */
function eachSegment(message: Hl7Message, segment: string, field: string): string[] {
  return message
    .rows(segment, [field])
    .map(([text]) => text?.trim() ?? "")
    .filter((text) => text !== "" && text !== '""');
}

/** OBX-8 can repeat ("H~HH"): the gravest counts. Undefined where it does not. */
function gravestFlag(
  field: string | undefined,
  { repetition, component }: Hl7Message["delimiters"],
): string | undefined {
  if (!field?.includes(repetition)) return undefined;
  const flags = field.split(repetition).map((part) => part.split(component)[0]?.trim() ?? "");
  return flags.find(isCritical) ?? flags.find(isAbnormal) ?? flags.find(Boolean);
}

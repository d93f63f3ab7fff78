import type { Order } from "@infirmary/shared/order";
import type { Patient } from "@infirmary/shared/patient";

/** One OBX. What is left out is a plain, final, normal potassium. */
export type Value = {
  code?: string;
  name?: string;
  value?: string;
  unit?: string;
  range?: string;
  flag?: string;
  /** OBX-11; F final, C corrected, an empty one is a fault. */
  status?: string;
};
type Parts = {
  /** MSH-10; one that was used before makes the same message again. */
  controlId: string;
  patient: Pick<Patient, "mrn" | "firstName" | "lastName" | "dateOfBirth" | "gender">;
  order: Pick<Order, "orderNumber" | "testCode" | "testName">;
  values: readonly Value[];
  /** When the sample was taken; a correction names the same time. */
  at: Date;
};

const sexes = { male: "M", female: "F", other: "O", unknown: "U" } as const;

/** An ORU^R01 as a laboratory system would send it: one OBR, segments ended by carriage returns. */
export function oruMessage({ controlId, patient, order, values, at }: Parts): string {
  const time = stamp(at);
  const identifiers = `${patient.mrn}^^^STANNES^MR`;
  const birth = patient.dateOfBirth.replaceAll("-", "");
  const segments = [
    `MSH|^~\\&|LAB|STANNES|INFIRMARY|STANNES|${time}||ORU^R01^ORU_R01|${controlId}|P|2.5.1`,
    `PID|1||${identifiers}||${patient.lastName}^${patient.firstName}||${birth}|${sexes[patient.gender]}`,
    `OBR|1|${order.orderNumber}||${order.testCode}^${order.testName}^LN|||${time}|||||||||||||||${time}|||F`,
    ...values.map(({ code, name, value, unit, range, flag, status }, index) =>
      [
        `OBX|${index + 1}|NM|${code ?? "2823-3"}^${name ?? "Potassium"}^LN||${value ?? "4.1"}|${unit ?? "mmol/L"}`,
        `${range ?? "3.5-5.1"}|${flag ?? ""}|||${status ?? "F"}|||${time}`,
      ].join("|"),
    ),
  ];
  return `${segments.join("\r")}\r`;
}

/** HL7 time to the second, in UTC. */
function stamp(at: Date): string {
  return `${at.toISOString().replace(/\D/g, "").slice(0, 14)}+0000`;
}

import { newId } from "../src/core/id.ts";
import type { Api } from "./harness.ts";

export type TestPatient = {
  id: string;
  mrn: string;
  lastName: string;
  firstName: string;
  birthDate: string;
  sex: string;
};
export type TestOrder = { id: string; orderNumber: string; version: number };

/** Registers a patient over the API. */
export async function registerPatient(api: Api, changes: Record<string, unknown> = {}): Promise<TestPatient> {
  const body = {
    firstName: "Jane",
    lastName: `Doe ${newId().slice(-6)}`,
    dateOfBirth: "1980-01-01",
    gender: "female",
    ...changes,
  };
  const answer = await (await api.as("nurse")).post("/patients/", body);
  if (answer.status !== 201) throw new Error(answer.text);
  return {
    id: String(answer.body.id),
    mrn: String(answer.body.mrn),
    lastName: body.lastName,
    firstName: body.firstName,
    birthDate: body.dateOfBirth.replace(/-/g, ""),
    sex: "F",
  };
}

/** Orders a test for the patient over the API. */
export async function placeOrder(
  api: Api,
  patient: TestPatient,
  changes: Record<string, unknown> = {},
): Promise<TestOrder> {
  const answer = await (await api.as("doctor")).post("/lab-orders/", {
    patientId: patient.id,
    testCode: "2823-3",
    testName: "Potassium",
    ...changes,
  });
  if (answer.status !== 201) throw new Error(answer.text);
  return {
    id: String(answer.body.id),
    orderNumber: String(answer.body.orderNumber),
    version: Number(answer.body.version),
  };
}

export type Obx = {
  code?: string;
  value?: string;
  flag?: string;
  status?: string;
  type?: string;
  unit?: string;
  range?: string;
  notes?: string[];
  time?: string;
};

/** The text of an ORU^R01 with one OBR; anything in it can be replaced. */
export function oruOf(
  patient: TestPatient,
  order: { orderNumber: string } | null,
  values: Obx[],
  parts: { controlId?: string; sent?: string; pid?: string; sender?: string } = {},
): string {
  const number = order?.orderNumber ?? "";
  const lines = [
    `MSH|^~\\&|${parts.sender ?? "LAB"}|SITE|INFIRMARY|SITE|${parts.sent ?? "20261102093000"}||ORU^R01^ORU_R01|${parts.controlId ?? newId()}|P|2.5.1`,
    parts.pid ??
      `PID|1||${patient.mrn}^^^SITE^MR||${patient.lastName}^${patient.firstName}||${patient.birthDate}|${patient.sex}`,
    `OBR|1|${number}||2823-3^Potassium^LN|||20261102091500|||||||||||||||20261102092900|||F`,
  ];
  values.forEach((obx, index) => {
    const code = obx.code ?? "2823-3";
    lines.push(
      `OBX|${index + 1}|${obx.type ?? "NM"}|${code}^Test ${code}^LN||${obx.value ?? "4.1"}|${obx.unit ?? "mmol/L"}|${obx.range ?? "3.5-5.1"}|${obx.flag ?? ""}|||${obx.status ?? "F"}|||${obx.time ?? "20261102091500"}`,
    );
    for (const note of obx.notes ?? []) lines.push(`NTE|1||${note}`);
  });
  return `${lines.join("\r")}\r`;
}

/** Files a message with an order as the technician, as raw bytes. */
export async function upload(api: Api, orderId: string, message: string | Buffer, contentType = "application/hl7-v2") {
  return (await api.as("lab_technician")).post(`/lab-orders/${orderId}/results/`, message, {
    "content-type": contentType,
  });
}

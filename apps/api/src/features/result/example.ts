/** An ORU^R01 for the documentation: one critical potassium. */
export const exampleMessage = [
  "MSH|^~\\&|LAB|STANNES|INFIRMARY|STANNES|20261102093000||ORU^R01^ORU_R01|MSG00042|P|2.5.1",
  "PID|1||1000427^^^STANNES^MR||Doe^Jane||19800101|F",
  "OBR|1|L0000422||2823-3^Potassium^LN|||20261102091500|||||||||||||||20261102092900|||F",
  "OBX|1|NM|2823-3^Potassium [Moles/volume] in Serum or Plasma^LN||6.9|mmol/L^mmol/L^UCUM|3.5-5.1|HH|||F|||20261102091500",
].join("\r");

export const exampleObservation = {
  id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a61",
  code: "2823-3",
  codingSystem: "LN",
  name: "Potassium [Moles/volume] in Serum or Plasma",
  subId: null,
  panelCode: "2823-3",
  panelName: "Potassium",
  valueType: "NM",
  value: "6.9",
  unit: "mmol/L",
  referenceRange: "3.5-5.1",
  abnormalFlag: "HH",
  status: "F",
  observedAt: "2026-11-02T14:15:00.000Z",
  notes: [],
  messageId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a51",
  filedAt: "2026-11-02T14:30:02.000Z",
  version: 1,
  supersedesId: null,
};

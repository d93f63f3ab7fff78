import { newId } from "../../src/core/id.ts";

/** An ORU^R01 of 20 OBX, about 2.6 KB, for a patient of the seed. */
export function oruOf20({
  mrn,
  lastName,
  firstName,
  birthDate,
  sex,
  orderNumber,
}: {
  mrn: string;
  lastName: string;
  firstName: string;
  birthDate: string;
  sex: string;
  orderNumber: string;
}): string {
  const lines = [
    `MSH|^~\\&|BENCH|SITE|INFIRMARY|SITE|20261102093000||ORU^R01^ORU_R01|${newId()}|P|2.5.1`,
    `PID|1||${mrn}^^^SITE^MR||${lastName}^${firstName}||${birthDate}|${sex}`,
    `OBR|1|${orderNumber}||24323-8^Comprehensive metabolic panel^LN|||20261102091500|||||||||||||||20261102092900|||F`,
  ];
  for (let i = 1; i <= 20; i++)
    lines.push(
      `OBX|${i}|NM|${10000 + i}-0^Analyte number ${i} [Moles/volume] in Serum or Plasma^LN||${(i * 1.7).toFixed(1)}|mmol/L^mmol/L^UCUM|3.5-5.1|N|||F|||20261102091500`,
    );
  return `${lines.join("\r")}\r`;
}

import { demoTest } from "./catalog.ts";
import { type OruMessage, type OruOrder, type OruPatient, oruText } from "./oru-text.ts";
import { randomFrom } from "./random.ts";
import { demoValues, type ValueOptions } from "./result.ts";

/** An order of the demo that waits for a sample message. */
export type SampleOrder = { orderNumber: string; testCode: string; patient: OruPatient };
export type SampleFile = { name: string; text: string };

/**
 * Messages to drop into the upload screen, about orders and patients of the demo. Each shows one thing; those that must be
 * refused say so in their name. `orders` by the sample they wait for.
 */
export function sampleFiles(
  orders: ReadonlyMap<string, SampleOrder>,
  options: { now: Date; timeZone: string },
): SampleFile[] {
  const random = randomFrom(77);
  const order = (sample: string): SampleOrder => {
    const found = orders.get(sample);
    if (!found) throw new Error(`The demo has no order for the sample ${sample}.`);
    return found;
  };
  const obr = ({ orderNumber, testCode }: SampleOrder, values: ValueOptions = {}): OruOrder => ({
    orderNumber,
    code: testCode,
    name: demoTest(testCode).name,
    collectedAt: new Date(options.now.getTime() - 30 * 60_000),
    values: demoValues(random, testCode, values),
  });
  let sent = 0;
  const message = (patient: OruPatient, parts: OruOrder[], more: Partial<OruMessage> = {}) =>
    oruText({
      controlId: `DEMO${String(++sent).padStart(6, "0")}`,
      sentAt: new Date(options.now.getTime() - (60 - sent) * 1000),
      timeZone: options.timeZone,
      patient,
      orders: parts,
      ...more,
    });

  const [cbc, cmp, correction, multi, wrong, faulty] = [
    "cbc",
    "cmp",
    "correction",
    "multi",
    "wrong-patient",
    "faulty",
  ].map(order) as [SampleOrder, SampleOrder, SampleOrder, SampleOrder, SampleOrder, SampleOrder];
  const critical = obr(cmp, { fixed: { "2823-3": 6.9, "2160-0": 3.02, "3094-0": 58, "2028-9": 16 } });
  critical.values
    .find(({ code }) => code === "2823-3")
    ?.notes.push("Critical value. Not hemolyzed. Read back by the ward.");
  const recheck = obr(correction, { fixed: { "2823-3": 4.4 }, status: "C" });
  recheck.values[0]?.notes.push("Corrected: the first specimen was hemolyzed.");
  const count = { ...obr({ ...multi, testCode: "58410-2" }) };
  const missing = message(faulty.patient, [obr(faulty)]);
  const [first, second] = [order("batch-1"), order("batch-2")];
  return [
    { name: "01-blood-count.hl7", text: message(cbc.patient, [obr(cbc, { fixed: { "6690-2": 12.4 } })]) },
    { name: "02-metabolic-panel-critical-potassium.hl7", text: message(cmp.patient, [critical]) },
    { name: "03-corrected-potassium.hl7", text: message(correction.patient, [recheck]) },
    { name: "04-two-panels-in-one-message.hl7", text: message(multi.patient, [obr(multi), count]) },
    {
      name: "05-two-messages-in-one-file.hl7",
      text: message(first.patient, [obr(first)]) + message(second.patient, [obr(second, { fixed: { "4548-4": 7.2 } })]),
    },
    { name: "06-refused-wrong-patient.hl7", text: message(cbc.patient, [obr(wrong)]) },
    { name: "07-refused-no-result-status.hl7", text: missing.replace(/(\rOBX\|2\|(?:[^|\r]*\|){9})F/, "$1") },
    { name: "08-refused-no-header.hl7", text: message(faulty.patient, [obr(faulty)]).replace(/^MSH[^\r]*\r/, "") },
  ];
}

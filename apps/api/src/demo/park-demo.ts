import { demoFacilities, demoTest, oruText } from "@infirmary/db/seed";
import { cutils } from "@infirmary/native";
import type { Work } from "../core/unit-of-work.ts";
import { interpretMessage } from "../features/result/index.ts";
import { parkMessages } from "../features/unmatched/index.ts";
import type { HistoryOrder } from "./history-rows.ts";

/** Lets three messages wait at the desk, as an analyser's did: a misread order number, a misread wristband, a value without a status. */
export async function parkDemo(
  work: Work,
  { orders, partner, now }: { orders: readonly HistoryOrder[]; partner: { id: string; name: string }; now: Date },
): Promise<void> {
  const open = orders.filter(({ status }) => status === "ORDERED").slice(0, 3);
  const messages = open.map((order, index) => {
    const { text, reason, problems } = spoilt(order, index, now);
    const bytes = new TextEncoder().encode(text);
    const { content, report } = interpretMessage(bytes, null);
    return {
      scope: work.scope,
      bytes,
      contentHash: cutils.sha256(bytes),
      sender: content?.sender ?? "",
      controlId: report.controlId,
      type: report.type,
      version: report.version,
      fileName: null,
      partner,
      reason,
      problems: [problems],
    };
  });
  await parkMessages(work, messages);
}

function spoilt(order: HistoryOrder, index: number, now: Date) {
  const { code, name, unit, low = 1, high = 5, decimals, members } = demoTest(order.testCode);
  const tests = members.length > 0 ? members.map(demoTest) : [{ code, name, unit, low, high, decimals }];
  const text = oruText({
    controlId: `${order.orderNumber}-D${index}`,
    sentAt: now,
    timeZone: demoFacilities[0].timeZone,
    patient: index === 1 ? { ...order.patient, mrn: "1900009" } : order.patient,
    orders: [
      {
        orderNumber: index === 2 ? order.orderNumber : `${order.orderNumber.slice(0, -2)}99`,
        code: order.testCode,
        name: order.testName,
        collectedAt: now,
        values: tests.map((test) => ({
          code: test.code,
          name: test.name,
          valueType: "NM",
          value: (((test.low ?? 1) + (test.high ?? 5)) / 2).toFixed(test.decimals),
          unit: test.unit ?? "",
          range: `${test.low ?? 1}-${test.high ?? 5}`,
          flag: "N",
          status: "F",
          notes: [],
        })),
      },
    ],
  });
  if (index === 0)
    return {
      text,
      reason: "order-not-found" as const,
      problems: { path: "OBR-2", message: "There is no order of this number." },
    };
  if (index === 1)
    return {
      text,
      reason: "patient-not-found" as const,
      problems: { path: "PID-3", message: "No patient here has an identifier of PID-3." },
    };
  return {
    text: text.replace("|N|||F|", "|N||||"),
    reason: "message-invalid" as const,
    problems: {
      path: "OBX[1]-11",
      message: "The result has no status (OBX-11): it cannot be told final from preliminary.",
    },
  };
}

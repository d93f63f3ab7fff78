import { cutils } from "@infirmary/native";
import { isDecimal } from "@infirmary/shared/catalog";
import type { LabResult } from "@infirmary/shared/lab-result";
import type { Work } from "../../core/unit-of-work.ts";
import { findTests } from "../catalog/index.ts";
import { fileGroup, interpretMessage, listCurrent } from "../result/index.ts";
import { oruOf } from "./oru-of.ts";
import { type Asked, listAsked } from "./store.ts";

const pending = {
  value: "",
  unit: null,
  referenceRange: null,
  flag: null,
  note: null,
  isNumber: false,
  status: "I",
} as const;

/**
 * Files values of one order as a message of ours, in this transaction. What the order asks for besides and nobody has reported goes along as
 * pending (OBX-11 = I), so that half a panel never looks complete. Answers the message's id.
 */
export async function reportValues(
  work: Work,
  asked: Asked,
  values: readonly LabResult[],
  status: "P" | "F",
): Promise<string> {
  const { connection, scope, now } = work;
  const { tenantId } = scope;
  const items = await listAsked(connection, { tenantId, orderId: asked.orderId });
  const reported = new Set(
    (await listCurrent(connection, { tenantId, orderId: asked.orderId })).map(({ code }) => code),
  );
  for (const { code } of values) reported.add(code);
  const open = items.filter(({ code }) => !reported.has(code));
  const tests = await findTests(connection, { tenantId, codes: items.map(({ code }) => code) });
  const nameOf = (code: string) => tests.find((test) => test.code === code)?.name ?? code;
  const bytes = oruOf({
    asked,
    facilityCode: scope.actor?.facility.code ?? "LAB",
    at: now,
    values: [
      ...values.map((value) => ({
        ...value,
        name: nameOf(value.code),
        isNumber: isDecimal(value.value),
        status: status === "F" && value.correctsId ? ("C" as const) : status,
      })),
      ...open.map(({ code }) => ({ ...pending, code, name: nameOf(code) })),
    ],
  });
  const { content } = interpretMessage(bytes, null);
  if (!content) throw new Error("A message of ours could not be read.");
  const [settled] = await fileGroup(work, [
    { scope, bytes, content, contentHash: cutils.sha256(bytes), orderId: asked.orderId, fileName: null, partner: null },
  ]);
  if (!settled || "error" in settled) throw settled?.error;
  return settled.answer.messageId;
}

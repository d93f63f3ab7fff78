import type { GridRow, LabResult } from "@infirmary/shared/lab-result";
import { isCritical } from "@infirmary/shared/result";
import { AppError } from "../../core/app-error.ts";
import type { Platform } from "../../core/platform.ts";
import { openTexts } from "../../core/sealed-text.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { findTests } from "../catalog/index.ts";
import { listCurrent } from "../result/index.ts";
import { rangeOf } from "./judge-result.ts";
import { findResult, type LabResultRow, listAsked, listOfOrder, listPrevious } from "./store.ts";

/** The values as the bench sees them, notes and reasons opened. */
export function toResults(keys: Platform["keys"], tenantId: string, rows: readonly LabResultRow[]): LabResult[] {
  const texts = openTexts(keys, { tenantId, table: "lab_result" }, ["note_sealed", "reason_sealed"], rows);
  return rows.map(({ note_sealed: _, reason_sealed: __, panelCode: ___, ...row }, index) => ({
    ...row,
    isCritical: isCritical(row.flag),
    note: texts[index]?.note_sealed ?? null,
    reason: texts[index]?.reason_sealed ?? null,
    enteredAt: row.enteredAt.toISOString(),
    verifiedAt: row.verifiedAt?.toISOString() ?? null,
    releasedAt: row.releasedAt?.toISOString() ?? null,
  }));
}

export async function loadResult({ connection, scope, platform }: Work, id: string): Promise<LabResult> {
  const row = await findResult(connection, { tenantId: scope.tenantId, id });
  const [result] = row ? toResults(platform.keys, scope.tenantId, [row]) : [];
  if (!result) throw new AppError("not-found");
  return result;
}

/** Everything an order asks for: how it is judged for this person, what went before, and what is there. */
export async function readGrid(
  work: Work,
  { orderId }: { orderId: string },
): Promise<{ orderId: string; items: GridRow[] }> {
  const { connection, scope, platform, audit } = work;
  const { tenantId } = scope;
  const asked = await listAsked(connection, { tenantId, orderId });
  const [first] = asked;
  if (!first) throw new AppError("not-found");
  const codes = asked.map(({ code }) => code);
  const [tests, rows, previous, reported] = [
    await findTests(connection, { tenantId, codes }),
    await listOfOrder(connection, { tenantId, orderId }),
    await listPrevious(connection, { tenantId, patientId: first.patientId, orderId, codes }),
    await listCurrent(connection, { tenantId, orderId }),
  ];
  const results = new Map(toResults(platform.keys, tenantId, rows).map((result) => [result.orderItemId, result]));
  audit({ action: "lab-result.grid", entity: "order", entityId: orderId, patientId: first.patientId });
  const items = asked.map((item): GridRow => {
    const test = tests.find(({ code }) => code === item.code);
    const before = previous.find(({ code }) => code === item.code);
    const value = reported.find(({ code, status }) => code === item.code && status !== "I");
    return {
      orderItemId: item.itemId,
      code: item.code,
      name: test?.shortName ?? item.code,
      valueType: test?.valueType ?? "TEXT",
      answers: test?.answers ?? [],
      unit: test?.unit ?? null,
      range: test ? rangeOf(test, item) : null,
      previous: before ? { value: before.value, unit: before.unit, at: before.at.toISOString() } : null,
      reported: value ? { value: value.value, unit: value.unit, flag: value.abnormalFlag, status: value.status } : null,
      result: results.get(item.itemId) ?? null,
    };
  });
  return { orderId, items };
}

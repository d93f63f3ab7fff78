import type { Observation } from "@infirmary/shared/result";
import type { ObservationRow } from "./store.ts";

/** A value as the API shows one. */
export function toObservation({
  observedText: _,
  position: __,
  observedAt,
  filedAt,
  ...row
}: ObservationRow): Observation {
  return {
    id: row.id,
    code: row.code,
    codingSystem: row.codingSystem,
    name: row.name,
    subId: row.subId,
    panelCode: row.panelCode,
    panelName: row.panelName,
    valueType: row.valueType,
    value: row.value,
    unit: row.unit,
    referenceRange: row.referenceRange,
    abnormalFlag: row.abnormalFlag,
    status: row.status,
    observedAt: observedAt?.toISOString() ?? null,
    notes: row.notes,
    messageId: row.messageId,
    filedAt: filedAt.toISOString(),
    version: row.version,
    supersedesId: row.supersedesId,
  };
}

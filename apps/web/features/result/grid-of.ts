import { isAbnormal, type Observation } from "@infirmary/shared/result";
import { type Panel, panelsOf } from "./panels.ts";
import { isTakenBack } from "./taken-back.ts";

export type PatientValue = Observation & { orderId: string; orderNumber: string };
export type GridColumn = { key: string; at: string };
export type GridRow = {
  key: string;
  code: string;
  name: string;
  /** Of the newest value that has one. */
  referenceRange: string | null;
  unit: string | null;
  panelCode: string | null;
  panelName: string | null;
  /** By column; several where one sample was reported twice. */
  cells: ReadonlyMap<string, PatientValue[]>;
};
export type Grid = { columns: GridColumn[]; panels: Panel<GridRow>[] };

const minute = (at: string) => at.slice(0, 16);

/** Values of a patient as groups down and times across, newest left. One time to the minute is one column. */
export function gridOf(values: readonly PatientValue[], isAbnormalOnly: boolean): Grid {
  const sorted = [...values].sort((a, b) => timeOf(b).localeCompare(timeOf(a)));
  const columns = new Map<string, GridColumn>();
  const rows = new Map<string, GridRow & { cells: Map<string, PatientValue[]> }>();
  for (const value of sorted) {
    const column = minute(timeOf(value));
    if (!columns.has(column)) columns.set(column, { key: column, at: timeOf(value) });
    const key = JSON.stringify([value.panelCode, value.code, value.subId, value.unit]);
    const row = rows.get(key) ?? {
      key,
      code: value.code,
      name: value.name,
      referenceRange: null,
      unit: value.unit,
      panelCode: value.panelCode,
      panelName: value.panelName,
      cells: new Map<string, PatientValue[]>(),
    };
    row.referenceRange ??= value.referenceRange;
    row.cells.set(column, [...(row.cells.get(column) ?? []), value]);
    rows.set(key, row);
  }
  const shown = [...rows.values()].filter((row) => !isAbnormalOnly || hasAbnormal(row));
  const used = new Set(shown.flatMap(({ cells }) => [...cells.keys()]));
  return { columns: [...columns.values()].filter(({ key }) => used.has(key)), panels: panelsOf(shown) };
}

const timeOf = ({ observedAt, filedAt }: PatientValue) => observedAt ?? filedAt;
const hasAbnormal = ({ cells }: GridRow) =>
  [...cells.values()].flat().some((value) => isAbnormal(value.abnormalFlag) && !isTakenBack(value));

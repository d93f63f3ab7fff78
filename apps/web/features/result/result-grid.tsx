"use client";
import { flagMeaning } from "@infirmary/shared/result";
import Link from "next/link";
import { Fragment } from "react";
import { DateTime } from "#ui/date-time.tsx";
import type { Grid, GridRow, PatientValue } from "./grid-of.ts";
import classes from "./patient-results.module.css";
import { ResultValue } from "./result-value.tsx";
import { shortNames } from "./short-names.ts";
import { SparkLine } from "./sparkline.tsx";
import { StatusWords } from "./status-words.tsx";
import { isTakenBack } from "./taken-back.ts";
import { unitText } from "./unit-text.ts";

/** How many times fit the width of an A4 page; what is older is left out of a print, which then says so. */
const PRINTED_TIMES = 6;

type Props = { grid: Grid; onTrend: (row: { code: string; name: string }) => void };

/** The grid itself; its first columns stay while older times scroll. */
export function ResultGrid({ grid, onTrend }: Props) {
  return (
    <section className={classes.scroll} aria-label="Results over time">
      <table className={classes.grid}>
        <thead>
          <tr>
            <th scope="col" className={classes.sticky}>
              Name
            </th>
            <th scope="col">Range</th>
            <th scope="col">Trend</th>
            {grid.columns.map(({ key, at }, index) => (
              <th key={key} scope="col" className={index < PRINTED_TIMES ? undefined : "no-print"}>
                <DateTime at={at} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grid.panels.map((panel) => {
            const { names, specimen } = shortNames(
              panel.name,
              panel.values.map(({ name }) => name),
            );
            return (
              <Fragment key={panel.key}>
                <tr className={classes.panel}>
                  <th scope="colgroup" colSpan={3 + grid.columns.length}>
                    <span className={classes.panelName}>{specimen ? `${panel.name} in ${specimen}` : panel.name}</span>
                  </th>
                </tr>
                {panel.values.map((row, index) => (
                  <tr key={row.key}>
                    <th scope="row" className={classes.sticky}>
                      <button
                        type="button"
                        className={classes.open}
                        aria-label={`${names[index] ?? row.name}, show the trend`}
                        onClick={() => onTrend({ code: row.code, name: row.name })}
                      >
                        {names[index] ?? row.name}
                      </button>{" "}
                      <span className={classes.dim}>{row.unit && unitText(row.unit)}</span>
                    </th>
                    <td className={classes.range}>{row.referenceRange ?? "None given"}</td>
                    <td>
                      <SparkLine points={pointsOf(row)} referenceRange={row.referenceRange} />
                    </td>
                    {grid.columns.map(({ key }, column) => (
                      <Cell key={key} values={row.cells.get(key) ?? []} isPrinted={column < PRINTED_TIMES} />
                    ))}
                  </tr>
                ))}
              </Fragment>
            );
          })}
        </tbody>
      </table>
      {grid.columns.length > PRINTED_TIMES && (
        <p className="print-only">
          Only the newest {PRINTED_TIMES} of {grid.columns.length} times are printed.
        </p>
      )}
    </section>
  );
}

function Cell({ values, isPrinted }: { values: readonly PatientValue[]; isPrinted: boolean }) {
  const level = values.map((value) => (isTakenBack(value) ? undefined : flagMeaning(value.abnormalFlag)?.level));
  const worst = level.includes("critical") ? "critical" : level.includes("abnormal") ? "abnormal" : undefined;
  return (
    <td data-level={worst} className={isPrinted ? undefined : "no-print"}>
      {values.map((value) => (
        <div key={value.id}>
          <Link href={`/orders/${value.orderId}`} className={classes.value} title={`Order ${value.orderNumber}`}>
            <ResultValue result={{ ...value, unit: null }} isStruck={isTakenBack(value)} />
          </Link>{" "}
          <StatusWords status={value.status} />
        </div>
      ))}
    </td>
  );
}

/** The row's numbers, oldest first, as the sparkline draws them. */
function pointsOf(row: GridRow) {
  return [...row.cells.values()]
    .flat()
    .filter((value) => !isTakenBack(value))
    .map(({ value, unit, abnormalFlag, referenceRange, orderId, observedAt, filedAt }) => ({
      at: observedAt ?? filedAt,
      value: value ?? "",
      number: value !== null && /^[+-]?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : null,
      unit,
      abnormalFlag,
      referenceRange,
      orderId,
    }))
    .reverse();
}

"use client";
import type { Observation, Trend } from "@infirmary/shared/result";
import { Fragment } from "react";
import { DateTime } from "#ui/date-time.tsx";
import { useRowCursor } from "#ui/row-cursor.ts";
import { decimalWidths } from "./decimal.ts";
import { panelsOf } from "./panels.ts";
import { ResultRow } from "./result-row.tsx";
import classes from "./result-table.module.css";
import { shortNames } from "./short-names.ts";

type Props = {
  values: readonly Observation[];
  trends: ReadonlyMap<string, Trend>;
  orderId: string;
  isCompact: boolean;
  onTrend: (value: Observation) => void;
};

/** Values by panel: name, value on its decimal point, range, what went before, trend. Enter on a row opens the trend. */
export function ResultTable(props: Props) {
  return props.isCompact ? <Table {...props} /> : <TableWithCursor {...props} />;
}

/** `j` and `k` walk through the values, where no list beside them has these keys. */
function TableWithCursor(props: Props) {
  const ref = useRowCursor("Results");
  return <Table {...props} tableRef={ref} />;
}

/** The time all values of a panel were observed at; null where they differ or none was given. */
function sharedTime([first, ...others]: readonly Observation[]): string | null {
  const at = first?.observedAt ?? null;
  return others.every(({ observedAt }) => observedAt === at) ? at : null;
}

function Table({
  values,
  trends,
  orderId,
  isCompact,
  onTrend,
  tableRef,
}: Props & { tableRef?: ReturnType<typeof useRowCursor> }) {
  const panels = panelsOf(values);
  return (
    <div className={classes.frame}>
      <table ref={tableRef} className={classes.table} data-compact={isCompact || undefined}>
        <caption className={classes.caption}>Results</caption>
        <thead>
          <tr>
            <th scope="col">Name</th>
            <th scope="col" className={classes.valueHead}>
              Value
            </th>
            <th scope="col">Range</th>
            <th scope="col">Previous, newest first</th>
            <th scope="col" data-yields="second">
              Trend
            </th>
          </tr>
        </thead>
        <tbody>
          {panels.map((panel) => {
            const widths = decimalWidths(panel.values.map(({ value }) => value));
            const units = Math.max(0, ...panel.values.map(({ unit }) => unit?.length ?? 0));
            const short = shortNames(
              panel.name,
              panel.values.map(({ name }) => name),
            );
            const observedAt = sharedTime(panel.values);
            return (
              <Fragment key={panel.key}>
                <tr className={classes.panel}>
                  <th scope="colgroup" colSpan={5}>
                    {panel.name}
                    <span className={classes.panelFacts}>
                      {short.specimen && ` in ${short.specimen}`}
                      {observedAt && (
                        <>
                          {" "}
                          · observed <DateTime at={observedAt} />
                        </>
                      )}
                    </span>
                  </th>
                </tr>
                {panel.values.map((value, index) => (
                  <ResultRow
                    key={value.id}
                    value={value}
                    name={short.names[index] ?? value.name}
                    hasOwnTime={observedAt === null}
                    trend={trends.get(value.code)}
                    orderId={orderId}
                    widths={{ ...widths, unit: Math.min(units, 10) }}
                    onTrend={onTrend}
                  />
                ))}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

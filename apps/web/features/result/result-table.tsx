"use client";
import type { Observation, Trend } from "@infirmary/shared/result";
import { Fragment } from "react";
import { useRowCursor } from "#ui/row-cursor.ts";
import { decimalWidths } from "./decimal.ts";
import { panelsOf } from "./panels.ts";
import { ResultRow } from "./result-row.tsx";
import classes from "./result-table.module.css";

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
            {!isCompact && (
              <th scope="col" data-yields="first">
                Observed
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {panels.map((panel) => (
            <Fragment key={panel.key}>
              <tr className={classes.panel}>
                <th scope="colgroup" colSpan={isCompact ? 5 : 6}>
                  {panel.name}
                </th>
              </tr>
              {panel.values.map((value) => (
                <ResultRow
                  key={value.id}
                  value={value}
                  trend={trends.get(value.code)}
                  orderId={orderId}
                  widths={decimalWidths(panel.values.map(({ value: text }) => text))}
                  isCompact={isCompact}
                  onTrend={onTrend}
                />
              ))}
            </Fragment>
          ))}
        </tbody>
      </table>
    </div>
  );
}

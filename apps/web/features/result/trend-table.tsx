"use client";
import type { Trend } from "@infirmary/shared/result";
import Link from "next/link";
import { DateTime } from "#ui/date-time.tsx";
import { decimalWidths } from "./decimal.ts";
import { ResultValue } from "./result-value.tsx";
import classes from "./trend.module.css";

/** The values of a trend, newest first, each leading to its order. */
export function TrendTable({ trend }: { trend: Trend }) {
  const widths = decimalWidths(trend.points.map(({ value }) => value));
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          <th scope="col">Observed</th>
          <th scope="col">Value</th>
          <th scope="col">Range</th>
          <th scope="col">Order</th>
        </tr>
      </thead>
      <tbody>
        {trend.points.toReversed().map((point) => (
          <tr key={point.at + point.orderId}>
            <th scope="row">
              <DateTime at={point.at} />
            </th>
            <td>
              <ResultValue
                result={{ value: point.value || null, unit: point.unit, abnormalFlag: point.abnormalFlag }}
                widths={widths}
              />
            </td>
            <td>{point.referenceRange ?? "None given"}</td>
            <td>
              <Link href={`/orders/${point.orderId}`}>Open order</Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

"use client";
import { isCritical } from "@infirmary/shared/result";
import { useQuery } from "@tanstack/react-query";
import { useResults } from "./queries.ts";
import { ResultValue } from "./result-value.tsx";
import { plainName } from "./short-names.ts";
import { isTakenBack } from "./taken-back.ts";
import classes from "./value.module.css";

/** The critical values of an order by name and number, for a line in a list; `fallback` while they are on their way. */
export function CriticalValues({ orderId, fallback }: { orderId: string; fallback: string }) {
  const { data } = useQuery(useResults(orderId));
  const critical = data?.items.filter((value) => isCritical(value.abnormalFlag) && !isTakenBack(value)) ?? [];
  if (critical.length === 0) return <strong>{fallback}</strong>;
  return critical.map((value) => (
    <span key={value.id} className={classes.critical}>
      <strong>{plainName(value.name)}</strong> <ResultValue result={value} />
    </span>
  ));
}

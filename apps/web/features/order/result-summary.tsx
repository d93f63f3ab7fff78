import type { Order } from "@infirmary/shared/order";
import { StatusBadge } from "#ui/status-badge.tsx";
import classes from "./order.module.css";

type Props = {
  counts: Order["counts"];
  /** False where the critical values themselves stand beside it. */
  hasCriticals?: boolean;
};

/** What an order's results amount to, in a few words: criticals first, then abnormal, then what is still pending. */
export function ResultSummary({ counts, hasCriticals = true }: Props) {
  const { observations, abnormal, critical, pending } = counts;
  if (observations === 0) return <span className={classes.dim}>None yet</span>;
  const others = abnormal - critical;
  return (
    <span className={classes.summary}>
      {hasCriticals && critical > 0 && <StatusBadge tone="critical">{critical} CRITICAL</StatusBadge>}
      {others > 0 && <StatusBadge tone="abnormal">{others} abnormal</StatusBadge>}
      <span className={classes.dim} hidden={!hasCriticals && critical > 0 && others === 0}>
        {abnormal === 0 ? `${observations} ${observations === 1 ? "value" : "values"}` : `of ${observations}`}
      </span>
      {pending > 0 && <StatusBadge>{pending} pending</StatusBadge>}
    </span>
  );
}

import type { Priority } from "@infirmary/shared/order";
import classes from "./order.module.css";

export const priorityNames: Record<Priority, string> = { STAT: "STAT", URGENT: "Urgent", ROUTINE: "Routine" };

/** How soon it is needed, as a word; STAT is filled, urgent framed, routine plain. Red is kept for critical values. */
export function PriorityBadge({ priority }: { priority: Priority }) {
  return (
    <span className={classes.priority} data-priority={priority}>
      {priorityNames[priority]}
    </span>
  );
}

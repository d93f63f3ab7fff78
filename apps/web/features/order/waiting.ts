import type { Order, Priority } from "@infirmary/shared/order";

/** How long the lab may take from order to result, in minutes, before the order counts as overdue. */
export const turnaroundMinutes: Record<Priority, number> = { STAT: 60, URGENT: 240, ROUTINE: 1440 };

/** Since when an order waits, in words; `overdueMinutes` is null while it is in time or needs nothing from the lab. */
export type Waiting = { age: string; overdueMinutes: number | null };

/** How old an order is at `now` (ms), and by how much it is late. */
export function waitingOf(order: Pick<Order, "orderedAt" | "priority" | "status">, now: number): Waiting {
  const minutes = Math.max(0, Math.floor((now - Date.parse(order.orderedAt)) / 60_000));
  const isOpen = order.status === "ORDERED" || order.status === "IN_PROGRESS";
  const late = minutes - turnaroundMinutes[order.priority];
  return { age: formatMinutes(minutes), overdueMinutes: isOpen && late > 0 ? late : null };
}

/** `3 min`, `2 h 05 min`, `4 d 3 h`: two units are as exact as anybody needs. */
export function formatMinutes(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${String(minutes % 60).padStart(2, "0")} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

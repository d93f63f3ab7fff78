import type { OrderList, OrderStatus, Priority } from "@infirmary/shared/order";
import type { Sorting } from "#ui/data-table.tsx";

/** Which states a list shows: one, the open ones, or all. */
export type OrderTab = OrderStatus | "open" | "all";
export type OrderFilter = { tab: OrderTab; priority: Priority | ""; mine: boolean; q: string; sort: OrderList["sort"] };

/** What the API is asked for; what is not set is left out. */
export function inputOf({ tab, priority, mine, q, sort }: OrderFilter): Partial<OrderList> {
  return {
    sort,
    ...(tab === "all" ? {} : { status: tab === "open" ? ["ORDERED", "IN_PROGRESS"] : tab }),
    ...(priority ? { priority } : {}),
    ...(mine ? { mine } : {}),
    ...(q.trim() ? { q: q.trim() } : {}),
  };
}

/** The API's named orders as heads of columns show them. */
const columns: Record<OrderList["sort"], Sorting> = {
  worklist: { sort: "priority", direction: "asc" },
  oldest: { sort: "ordered", direction: "asc" },
  newest: { sort: "ordered", direction: "desc" },
  review: { sort: "results", direction: "desc" },
};
export const sortingOf = (sort: OrderList["sort"]): Sorting => columns[sort];

/** What a click on a head means. Priority and results have one useful direction, so a second click keeps it. */
export function sortOf({ sort, direction }: Sorting): OrderList["sort"] {
  if (sort === "priority") return "worklist";
  if (sort === "results") return "review";
  return direction === "asc" ? "oldest" : "newest";
}

/** How many orders a tab holds. */
export function countOf(tab: OrderTab, counts: Record<OrderStatus, number> | undefined): number | undefined {
  if (!counts) return undefined;
  const { ORDERED, IN_PROGRESS, COMPLETED, REVIEWED, CANCELLED } = counts;
  if (tab === "open") return ORDERED + IN_PROGRESS;
  return tab === "all" ? ORDERED + IN_PROGRESS + COMPLETED + REVIEWED + CANCELLED : counts[tab];
}

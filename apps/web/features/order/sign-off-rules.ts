import type { Order } from "@infirmary/shared/order";

/** Why results cannot be signed off with this comment; null where they can. A critical value asks for what was done. */
export function commentFault(counts: Pick<Order["counts"], "critical">, comment: string): string | null {
  if (counts.critical === 0 || comment.trim() !== "") return null;
  const what = counts.critical === 1 ? "A critical value needs" : `${counts.critical} critical values need`;
  return `${what} a comment: say what was done about it.`;
}

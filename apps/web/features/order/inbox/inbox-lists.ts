import type { Order } from "@infirmary/shared/order";

/**
 * What the inbox shows: partial results that are critical already, other criticals, what changed after a sign-off (a
 * doctor acted on something else), then everything to review, in the API's order. What was just signed here is left out until the list itself knows; a later version of it is news again.
 * @param signed versions got by signing, by order
 */
export function inboxOf(
  toReview: readonly Order[],
  inProgress: readonly Order[],
  signed: ReadonlyMap<string, number>,
): Order[] {
  const partial = inProgress.filter(({ counts }) => counts.critical > 0);
  const rank = ({ counts, review }: Order) => (counts.critical > 0 ? 0 : review !== null ? 1 : 2);
  return [...partial, ...toReview]
    .filter(({ id, version }) => version >= (signed.get(id) ?? 0))
    .sort((a, b) => rank(a) - rank(b));
}

/** Which row to go to once the row `id` is done with: the next, else the one before. */
export function neighbourOf(orders: readonly Order[], id: string): string | null {
  const at = orders.findIndex((order) => order.id === id);
  return (orders[at + 1] ?? orders[at - 1])?.id ?? null;
}

/** Orders without any abnormal or pending value, never signed before: those a batch may be made of. */
export const batchable = (orders: readonly Order[]) =>
  orders.filter(
    ({ status, counts, review }) =>
      status === "COMPLETED" &&
      review === null &&
      counts.observations > 0 &&
      counts.abnormal === 0 &&
      counts.pending === 0,
  );

"use client";
import { useCallback, useState } from "react";

/** Where a list stands: how it is sorted and filtered, and the cursors of the pages walked through so far. */
export type ListState<Filter> = { filter: Filter; cursors: readonly string[] };

/**
 * Lists keep their place when one comes back to them. Kept in memory, never in the address or the browser's storage: a
 * filter or a cursor can hold a patient's name.
 */
const remembered = new Map<string, unknown>();

/**
 * The state of the list called `name`: its filter (with the sorting in it) and its page.
 * Changing the filter goes back to the first page.
 * @param forced what a link asked for: starts from it instead of where the list was left
 */
export function useListState<Filter extends object>(name: string, initial: Filter, forced?: Partial<Filter>) {
  const [state, setState] = useState<ListState<Filter>>(() => {
    if (forced) return { filter: { ...initial, ...forced }, cursors: [] };
    return (remembered.get(name) as ListState<Filter> | undefined) ?? { filter: initial, cursors: [] };
  });
  const change = useCallback(
    (next: (before: ListState<Filter>) => ListState<Filter>) =>
      setState((before) => {
        const after = next(before);
        remembered.set(name, after);
        return after;
      }),
    [name],
  );
  return {
    filter: state.filter,
    /** Cursor to ask the API for; undefined on the first page. */
    cursor: state.cursors.at(-1),
    /** 1 for the first page. */
    page: state.cursors.length + 1,
    setFilter: (patch: Partial<Filter>) =>
      change((before) => ({ filter: { ...before.filter, ...patch }, cursors: [] })),
    reset: () => change(() => ({ filter: initial, cursors: [] })),
    next: (cursor: string) => change((before) => ({ ...before, cursors: [...before.cursors, cursor] })),
    previous: () => change((before) => ({ ...before, cursors: before.cursors.slice(0, -1) })),
  };
}

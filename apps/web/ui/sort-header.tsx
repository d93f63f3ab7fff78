"use client";
import classes from "./data-table.module.css";
import type { Column, Sorting } from "./data-table.tsx";

type Props<Row> = { column: Column<Row>; sorting?: Sorting; onSort?: (sorting: Sorting) => void };

/** A column's head; a button where the API can sort by it, with the order as text for screen readers. */
export function SortHeader<Row>({ column, sorting, onSort }: Props<Row>) {
  const { sortKey } = column;
  const isSorted = sortKey !== undefined && sorting?.sort === sortKey;
  const direction = isSorted ? sorting.direction : undefined;
  return (
    <th
      scope="col"
      data-align={column.align}
      data-yields={column.yields}
      aria-sort={direction === "asc" ? "ascending" : direction === "desc" ? "descending" : undefined}
    >
      {sortKey && onSort ? (
        <button
          type="button"
          className={classes.sort}
          onClick={() => onSort({ sort: sortKey, direction: direction === "asc" ? "desc" : "asc" })}
        >
          {column.header}
          <span aria-hidden="true" className={classes.arrow}>
            {direction === "asc" ? "▲" : direction === "desc" ? "▼" : ""}
          </span>
        </button>
      ) : (
        column.header
      )}
    </th>
  );
}

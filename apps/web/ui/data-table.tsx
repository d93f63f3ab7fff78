"use client";
import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./data-table.module.css";
import { EmptyState } from "./empty-state.tsx";
import { type ErrorInfo, ErrorState } from "./error-state.tsx";
import { Pager, type Paging } from "./pager.tsx";
import { useRowCursor } from "./row-cursor.ts";
import { SortHeader } from "./sort-header.tsx";

export type Column<Row> = {
  key: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Numbers go right; default left. */
  align?: "left" | "right";
  /** CSS width; columns without one share what is left. */
  width?: string;
  /** The API's name of this order; the header becomes a button. */
  sortKey?: string;
  /** Gives way when the table is narrower than 1100 or 800 px, so that the page never scrolls sideways. */
  yields?: "first" | "second";
  /** On one line, cut with an ellipsis; default wraps. */
  nowrap?: boolean;
};
export type Sorting = { sort: string; direction: "asc" | "desc" };

export type DataTableProps<Row> = {
  /** What the table holds, for screen readers. */
  caption: string;
  columns: readonly Column<Row>[];
  /** undefined while loading. */
  rows: readonly Row[] | undefined;
  rowKey: (row: Row) => string;
  /** Marks a row beside the colour of the cursor, as `critical` or `muted`. */
  rowTone?: (row: Row) => "critical" | "muted" | undefined;
  error?: ErrorInfo | null;
  onRetry?: () => void;
  /** What to say, and to do, when there is nothing. */
  empty: { title: string; hint?: ReactNode; action?: ReactNode };
  sorting?: Sorting;
  onSort?: (sorting: Sorting) => void;
  paging?: Paging;
  /** Rows of the skeleton; set it to the page size so that nothing jumps. */
  skeletonRows?: number;
  /** Another page is on its way while this one still shows. */
  isStale?: boolean;
  /** Details under a row, or null. */
  expanded?: (row: Row) => ReactNode;
  /** What to fetch ahead when the pointer or the cursor rests on a row. */
  onPreview?: (row: Row) => void;
};

/**
 * A dense table that the API sorts, filters and pages. `j` and `k` move between rows: mark the one link or button of
 * each row that opens it with `data-row-main`, so that Enter does what a click does.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { caption, columns, rows, rowKey, error, onRetry, empty, paging, skeletonRows = 10 } = props;
  const tableRef = useRowCursor(caption);
  if (error && !rows) return <ErrorState error={error} onRetry={onRetry} />;
  if (rows?.length === 0 && (paging?.page ?? 1) === 1) return <EmptyState {...empty} />;
  return (
    <div className={classes.frame}>
      {error && <ErrorState error={error} onRetry={onRetry} isCompact />}
      <table ref={tableRef} className={classes.table} aria-busy={!rows || props.isStale} data-stale={props.isStale}>
        <caption className={classes.caption}>{caption}</caption>
        <colgroup>
          {columns.map((column) => (
            <col key={column.key} data-yields={column.yields} style={column.width ? { width: column.width } : {}} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {columns.map((column) => (
              <SortHeader key={column.key} column={column} sorting={props.sorting} onSort={props.onSort} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows
            ? rows.map((row) => <Row key={rowKey(row)} row={row} {...props} />)
            : Array.from({ length: skeletonRows }, (_, index) => `skeleton-${index}`).map((key) => (
                <SkeletonRow key={key} columns={columns} />
              ))}
        </tbody>
      </table>
      {paging && <Pager {...paging} count={rows?.length} />}
    </div>
  );
}

function Row<R>({ row, columns, rowTone, expanded, onPreview }: DataTableProps<R> & { row: R }) {
  const details = expanded?.(row);
  return (
    <>
      <tr data-tone={rowTone?.(row)} onMouseEnter={() => onPreview?.(row)} onFocus={() => onPreview?.(row)}>
        {columns.map((column) => (
          <td
            key={column.key}
            data-align={column.align}
            data-yields={column.yields}
            data-nowrap={column.nowrap || undefined}
          >
            {column.cell(row)}
          </td>
        ))}
      </tr>
      {details && (
        <tr className={classes.details}>
          <td colSpan={columns.length}>{details}</td>
        </tr>
      )}
    </>
  );
}

function SkeletonRow<R>({ columns }: { columns: readonly Column<R>[] }) {
  return (
    <tr>
      {columns.map((column) => (
        <td key={column.key} data-yields={column.yields}>
          <Skeleton height={10} width="70%" animate={false} />
        </td>
      ))}
    </tr>
  );
}

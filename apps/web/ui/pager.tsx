"use client";
import { Button } from "@mantine/core";
import classes from "./data-table.module.css";

export type Paging = {
  /** 1 for the first page. */
  page: number;
  hasNext: boolean;
  onNext: () => void;
  onPrevious: () => void;
};

/** Walks a list page by page. There is no total: counting everything would cost more than it tells. */
export function Pager({ page, hasNext, onNext, onPrevious, count }: Paging & { count: number | undefined }) {
  if (page === 1 && !hasNext) {
    return count === undefined ? null : <p className={classes.pager}>{count === 1 ? "1 row" : `${count} rows`}</p>;
  }
  return (
    <nav className={classes.pager} aria-label="Pages">
      <Button variant="default" size="compact-sm" disabled={page === 1} onClick={onPrevious}>
        Previous
      </Button>
      <span>Page {page}</span>
      <Button variant="default" size="compact-sm" disabled={!hasNext} onClick={onNext}>
        Next
      </Button>
    </nav>
  );
}

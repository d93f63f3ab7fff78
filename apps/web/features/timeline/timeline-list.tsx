"use client";
import { type TimelineItem, timelineTypeNames } from "@infirmary/shared/timeline";
import { Button } from "@mantine/core";
import Link from "next/link";
import { apiError } from "#lib/trpc/api-error.ts";
import { DateTime } from "#ui/date-time.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { PageSkeleton } from "#ui/page-skeleton.tsx";
import classes from "./timeline.module.css";

type Query = {
  data: { pages: { items: TimelineItem[] }[] } | undefined;
  error: unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
  refetch: () => unknown;
};

/** Times, what happened and by whom, each leading to its screen. */
export function TimelineList({ query, isNarrow = false }: { query: Query; isNarrow?: boolean }) {
  const error = query.error ? apiError(query.error) : null;
  if (!query.data)
    return error ? <ErrorState error={error} onRetry={() => void query.refetch()} isCompact /> : <PageSkeleton />;
  const items = query.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return <EmptyState title="Nothing has happened yet." />;
  return (
    <div className={classes.stack}>
      <ol className={isNarrow ? `${classes.list} ${classes.narrow}` : classes.list} aria-label="Timeline">
        {items.map(({ id, at, type, title, actor, link }) => (
          <li key={id} className={classes.item}>
            <DateTime at={at} />
            <span className={classes.type}>{timelineTypeNames[type]}</span>
            <span>
              <Link href={link}>{title}</Link> {actor && <span className={classes.actor}>by {actor}</span>}
            </span>
          </li>
        ))}
      </ol>
      {query.hasNextPage && (
        <div>
          <Button
            variant="default"
            size="compact-sm"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            Show earlier
          </Button>
        </div>
      )}
    </div>
  );
}

"use client";
import type { Notification } from "@infirmary/shared/notification";
import { Button, Skeleton } from "@mantine/core";
import { type UseQueryResult, useMutation, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { apiError } from "#lib/trpc/api-error.ts";
import { DateTime } from "#ui/date-time.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import classes from "./notification.module.css";
import { placeOf } from "./place-of.ts";
import { useMarkRead, useNotificationKey } from "./queries.ts";

type Props = { query: UseQueryResult<{ items: Notification[]; unread: number }, unknown>; onOpen: () => void };

/** What is new, newest first; opening one marks it read and leads to its record. */
export function NotificationPanel({ query, onOpen }: Props) {
  const queries = useQueryClient();
  const queryKey = useNotificationKey();
  const mark = useMutation({ ...useMarkRead(), onSettled: () => queries.invalidateQueries({ queryKey }) });
  const { data } = query;
  return (
    <>
      <div className={classes.head}>
        <h2 className={classes.title}>Notifications</h2>
        <Button
          variant="subtle"
          size="compact-sm"
          disabled={!data?.unread}
          loading={mark.isPending}
          onClick={() => mark.mutate({ all: true })}
        >
          Mark all as read
        </Button>
      </div>
      {query.error && <ErrorState error={apiError(query.error)} onRetry={() => void query.refetch()} isCompact />}
      {!data && !query.error && <Skeleton height={12} m="md" width="60%" animate={false} />}
      {data?.items.length === 0 && (
        <EmptyState title="Nothing new." hint="Results, orders and accounts show up here." />
      )}
      <ul className={classes.list}>
        {data?.items.map((item) => (
          <li key={item.id}>
            <Link
              href={placeOf(item)}
              className={classes.item}
              data-unread={item.readAt === null || undefined}
              data-critical={item.kind === "result-critical" || undefined}
              onClick={() => {
                if (item.readAt === null) mark.mutate({ id: item.id });
                onOpen();
              }}
            >
              <span>
                {item.kind === "result-critical" && <strong className={classes.critical}>CRITICAL </strong>}
                {item.title}
              </span>
              <span className={classes.when}>
                <DateTime at={item.createdAt} />
                {item.readAt === null && " · new"}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  );
}

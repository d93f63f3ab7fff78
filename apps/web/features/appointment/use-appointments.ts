"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { useAppointmentSpan } from "./queries.ts";

type Span = { from: string; to: string };

/** Every appointment of a span, fetched page by page. `appointments` is undefined until the first page is there. */
export function useAppointments(span: Span, only: { providerId?: string; roomId?: string } = {}) {
  const query = useInfiniteQuery(useAppointmentSpan({ ...span, ...only }));
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return {
    appointments: query.data?.pages.flatMap(({ items }) => items),
    error: query.error && apiError(query.error),
    retry: () => void query.refetch(),
  };
}

"use client";
import type { AppointmentList, OverviewQuery, SlotQuery } from "@infirmary/shared/appointment";
import { keepPreviousData, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.ts";

/** Most appointments of one page; a span with more is read page by page. */
const pageSize = 100;

type SpanInput = Required<Pick<AppointmentList, "from" | "to">> & Pick<AppointmentList, "providerId" | "roomId">;

/** Every query and change of the capability, as options for React Query. */
export const useAppointmentSpan = (span: SpanInput) =>
  useTRPC().appointment.list.infiniteQueryOptions(
    { ...span, limit: pageSize },
    { getNextPageParam: ({ nextCursor }) => nextCursor },
  );
export const useOverview = (input: OverviewQuery) =>
  useTRPC().appointment.overview.queryOptions(input, { placeholderData: keepPreviousData });
export const useResources = () => useTRPC().appointment.resources.queryOptions();

/** Options for the free times of any provider. */
export function useSlotOptions() {
  const { appointment } = useTRPC();
  return (query: SlotQuery) => appointment.slots.queryOptions(query);
}

export const useBook = () => useTRPC().appointment.book.mutationOptions();
export const useReschedule = () => useTRPC().appointment.reschedule.mutationOptions();
export const useCheckIn = () => useTRPC().appointment.checkIn.mutationOptions();
export const useNoShow = () => useTRPC().appointment.noShow.mutationOptions();
export const useCancel = () => useTRPC().appointment.cancel.mutationOptions();
export const useUndo = () => useTRPC().appointment.undo.mutationOptions();

/** Has the calendar and its free times fetch again: after a change, and after a refusal that says they are not what they were. */
export function useFreshCalendar() {
  const queries = useQueryClient();
  const { appointment } = useTRPC();
  return () => queries.invalidateQueries({ queryKey: appointment.pathKey() });
}

"use client";
import type { Appointment, Slot } from "@infirmary/shared/appointment";
import { formatDateTime } from "@infirmary/shared/core";
import { Skeleton } from "@mantine/core";
import { useMutation, useQueries, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { patientName } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import { type ApiError, apiError } from "#lib/trpc/api-error.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import classes from "./appointment.module.css";
import type { CalendarState } from "./calendar-bar.tsx";
import { columnsOf, noRoom, type Resource } from "./columns-of.ts";
import { DayColumns } from "./day-columns.tsx";
import { clockAt, spanOf, takesTime } from "./day-grid.ts";
import { useFreshCalendar, useReschedule, useResources, useSlotOptions } from "./queries.ts";
import { AppointmentStatusText } from "./status-text.tsx";
import { useAppointments } from "./use-appointments.ts";
import { useSaidWithUndo } from "./use-said-with-undo.ts";

type Wish = { providerId: string; roomId: string | null; start: string; end: string };
type Props = {
  state: CalendarState;
  now: number;
  onOpen: (appointment: Appointment) => void;
  onBook: ((slot: Slot) => void) | null;
  /** An appointment was dropped where the time is taken. */
  onTaken: (appointment: Appointment, wish: Wish) => void;
};

const nobody: Resource[] = [];

/** One day: columns of doctors or rooms with what is booked and what is free. */
export function DayView({ state, now, onOpen, onBook, onTaken }: Props) {
  const { timeZone } = useMe();
  const day = spanOf(state.date, timeZone);
  const resources = useQuery(useResources());
  const { appointments, error: listError, retry } = useAppointments(day);
  const providers = resources.data?.providers ?? nobody;
  const slotOptions = useSlotOptions();
  const isOver = Date.parse(day.to) <= now;
  const slots = useQueries({
    queries: onBook && !isOver ? providers.map(({ id }) => slotOptions({ providerId: id, ...day })) : [],
    combine: (answers) => answers.flatMap(({ data }) => data?.items ?? []),
  });
  const { move, error: moveError } = useMove(onTaken, state.by);
  const error = resources.error ? apiError(resources.error) : listError;
  if (error && !appointments) return <ErrorState error={error} onRetry={retry} />;
  if (!appointments || !resources.data)
    return <Skeleton height={480} radius="sm" role="status" aria-busy aria-label="Loading the day" />;
  if (providers.length === 0)
    return (
      <EmptyState title="No doctor works at this facility." hint="An administrator adds people and their roles." />
    );
  const kept = appointments.filter(takesTime);
  const off = appointments.filter((appointment) => !takesTime(appointment));
  const columns = columnsOf({ ...resources.data, by: state.by, only: state.only, appointments: kept, slots });
  return (
    <>
      {moveError && <ErrorState error={moveError} isCompact />}
      {error && <ErrorState error={error} onRetry={retry} isCompact />}
      <DayColumns
        columns={columns}
        day={day}
        timeZone={timeZone}
        now={now}
        onOpen={onOpen}
        onBook={onBook}
        onMove={onBook && move}
      />
      {off.length > 0 && (
        <section className={classes.off} aria-label="Cancelled and missed">
          <h2 className={classes.offTitle}>Cancelled and missed</h2>
          <ul className={classes.offList}>
            {off.map((appointment) => (
              <li key={appointment.id}>
                <button type="button" className={classes.offItem} onClick={() => onOpen(appointment)}>
                  {clockAt(appointment.start, timeZone)} <bdi>{patientName(appointment.patient)}</bdi>{" "}
                  <AppointmentStatusText status={appointment.status} />
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

/** Puts an appointment down elsewhere on the day; a time that is taken leads to choosing another one. */
function useMove(onTaken: Props["onTaken"], by: CalendarState["by"]) {
  const { timeZone } = useMe();
  const reschedule = useMutation(useReschedule());
  const refresh = useFreshCalendar();
  const sayDone = useSaidWithUndo();
  const [error, setError] = useState<ApiError | null>(null);
  const move = async (appointment: Appointment, columnId: string, start: string) => {
    const length = Date.parse(appointment.end) - Date.parse(appointment.start);
    const wish: Wish = {
      start,
      end: new Date(Date.parse(start) + length).toISOString(),
      providerId: by === "provider" ? columnId : appointment.providerId,
      roomId: by === "provider" ? appointment.roomId : columnId === noRoom ? null : columnId,
    };
    setError(null);
    try {
      const moved = await reschedule.mutateAsync({ id: appointment.id, version: appointment.version, ...wish });
      sayDone(`Moved to ${formatDateTime(moved.start, timeZone)}, ${moved.providerName}.`, moved);
    } catch (thrown) {
      const answered = apiError(thrown);
      if (answered.code === "slot-taken") onTaken(appointment, wish);
      else setError(answered);
    }
    await refresh();
  };
  return { move, error };
}

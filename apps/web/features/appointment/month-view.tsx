"use client";
import type { OverviewDay } from "@infirmary/shared/appointment";
import { formatDate } from "@infirmary/shared/core";
import { useQuery } from "@tanstack/react-query";
import { apiError } from "#lib/trpc/api-error.ts";
import { ErrorState } from "#ui/error-state.tsx";
import classes from "./appointment.module.css";
import type { CalendarState } from "./calendar-bar.tsx";
import { weeksOf } from "./day-grid.ts";
import { useOverview } from "./queries.ts";

type Props = { state: CalendarState; today: string; onDay: (date: string) => void };
const weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** A month as weeks: how much is booked each day. Nobody is named in it. */
export function MonthView({ state, today, onDay }: Props) {
  const weeks = weeksOf(state.date);
  const [from, to] = [weeks[0]?.[0] ?? state.date, weeks.at(-1)?.at(-1) ?? state.date];
  const only = state.only === "" ? {} : state.by === "provider" ? { providerId: state.only } : { roomId: state.only };
  const query = useQuery(useOverview({ from, to, ...only }));
  const days = new Map(query.data?.items.map((day) => [day.date, day]));
  if (query.error && !query.data)
    return <ErrorState error={apiError(query.error)} onRetry={() => void query.refetch()} />;
  return (
    <table className={classes.month} aria-busy={query.isPending || query.isPlaceholderData}>
      <caption className={classes.spoken}>Appointments of each day</caption>
      <thead>
        <tr>
          {weekdays.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr key={week[0]}>
            {week.map((date) => (
              <td key={date} data-other={date.slice(0, 7) !== state.date.slice(0, 7)} data-today={date === today}>
                <button type="button" className={classes.monthDay} onClick={() => onDay(date)}>
                  <span className={classes.monthDate}>{formatDate(date).slice(0, 6)}</span>
                  <DayCount day={days.get(date)} />
                </button>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function DayCount({ day }: { day: OverviewDay | undefined }) {
  if (!day) return null;
  const kept = day.booked + day.checkedIn;
  return (
    <>
      {kept > 0 && (
        <span>
          <strong>{kept}</strong> booked
        </span>
      )}
      {day.checkedIn > 0 && <span className={classes.dim}>{day.checkedIn} checked in</span>}
      {day.noShow > 0 && <span className={classes.dim}>{day.noShow} did not come</span>}
      {day.cancelled > 0 && <span className={classes.dim}>{day.cancelled} cancelled</span>}
    </>
  );
}

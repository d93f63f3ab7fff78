"use client";
import type { Appointment } from "@infirmary/shared/appointment";
import { formatDate } from "@infirmary/shared/core";
import { Skeleton } from "@mantine/core";
import { patientName, todayIn } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import classes from "./appointment.module.css";
import type { CalendarState } from "./calendar-bar.tsx";
import { addDays, clockAt, spanOf, takesTime, weekStart } from "./day-grid.ts";
import { AppointmentStatusText } from "./status-text.tsx";
import { useAppointments } from "./use-appointments.ts";

type Props = {
  state: CalendarState;
  today: string;
  onOpen: (appointment: Appointment) => void;
  onDay: (date: string) => void;
};
const dayName = new Intl.DateTimeFormat("en-GB", { weekday: "short", timeZone: "UTC" });

/** Seven days side by side, each a list by time. */
export function WeekView({ state, today, onOpen, onDay }: Props) {
  const { timeZone } = useMe();
  const monday = weekStart(state.date);
  const only = state.only === "" ? {} : state.by === "provider" ? { providerId: state.only } : { roomId: state.only };
  const { appointments, error, retry } = useAppointments(spanOf(monday, timeZone, 7), only);
  if (error && !appointments) return <ErrorState error={error} onRetry={retry} />;
  if (!appointments) return <Skeleton height={480} radius="sm" role="status" aria-busy aria-label="Loading the week" />;
  const days = Array.from({ length: 7 }, (_, day) => addDays(monday, day));
  return (
    <div className={classes.week}>
      {days.map((date) => {
        const kept = appointments.filter(
          (appointment) => takesTime(appointment) && todayIn(timeZone, new Date(appointment.start)) === date,
        );
        return (
          <section key={date} aria-label={formatDate(date)} className={classes.weekDay} data-today={date === today}>
            <h3 className={classes.weekHead}>
              <button type="button" className={classes.dayLink} onClick={() => onDay(date)}>
                {dayName.format(new Date(`${date}T00:00:00Z`))} {formatDate(date).slice(0, 6)}
              </button>
              <span className={classes.dim}>{kept.length}</span>
            </h3>
            <ul className={classes.weekList}>
              {kept.map((appointment) => (
                <li key={appointment.id}>
                  <button type="button" className={classes.weekItem} onClick={() => onOpen(appointment)}>
                    <span className={classes.who}>
                      {clockAt(appointment.start, timeZone)} <bdi>{patientName(appointment.patient)}</bdi>
                    </span>
                    <span className={classes.dim}>
                      {appointment.visitType} · {appointment.providerName}
                    </span>
                    {appointment.status !== "BOOKED" && (
                      <span className={classes.weekState}>
                        <AppointmentStatusText status={appointment.status} />
                      </span>
                    )}
                  </button>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

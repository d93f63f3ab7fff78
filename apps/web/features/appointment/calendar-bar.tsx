"use client";
import { formatDate } from "@infirmary/shared/core";
import { Button, NativeSelect, SegmentedControl } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { DayField } from "#ui/day-field.tsx";
import classes from "./appointment.module.css";
import { addDays, addMonths, weekStart } from "./day-grid.ts";
import { useResources } from "./queries.ts";

/** What of the calendar is shown. `only` is one doctor or room; empty for all. */
export type CalendarState = {
  view: "day" | "week" | "month";
  date: string;
  by: "provider" | "room";
  only: string;
};

/** The date a step earlier or later, by the view. */
export const step = ({ view, date }: CalendarState, by: -1 | 1) =>
  view === "month" ? addMonths(date, by) : addDays(date, view === "week" ? 7 * by : by);

const dayName = new Intl.DateTimeFormat("en-GB", { weekday: "long", timeZone: "UTC" });
const monthName = new Intl.DateTimeFormat("en-GB", { month: "long", year: "numeric", timeZone: "UTC" });

/** What the calendar shows, in words: `Monday 14-Mar-2026`, `14-Mar-2026 to 20-Mar-2026`, `March 2026`. */
export function titleOf({ view, date }: CalendarState): string {
  const at = new Date(`${date}T00:00:00Z`);
  if (view === "month") return monthName.format(at);
  if (view === "day") return `${dayName.format(at)} ${formatDate(date)}`;
  const monday = weekStart(date);
  return `${formatDate(monday)} to ${formatDate(addDays(monday, 6))}`;
}

type Props = { state: CalendarState; today: string; onChange: (patch: Partial<CalendarState>) => void };

/** Which days, how they are laid out, and whose. */
export function CalendarBar({ state, today, onChange }: Props) {
  const resources = useQuery(useResources());
  const { view, date, by, only } = state;
  const unit = view;
  const people = (by === "provider" ? resources.data?.providers : resources.data?.rooms) ?? [];
  return (
    <div className={`${classes.bar} no-print`}>
      <Button variant="default" onClick={() => onChange({ date: today })} title="Shortcut: t" disabled={date === today}>
        Today
      </Button>
      <Button.Group>
        <Button
          variant="default"
          aria-label={`Earlier ${unit}`}
          title="Shortcut: ["
          onClick={() => onChange({ date: step(state, -1) })}
        >
          <IconChevronLeft size={16} aria-hidden="true" />
        </Button>
        <Button
          variant="default"
          aria-label={`Later ${unit}`}
          title="Shortcut: ]"
          onClick={() => onChange({ date: step(state, 1) })}
        >
          <IconChevronRight size={16} aria-hidden="true" />
        </Button>
      </Button.Group>
      <h2 className={classes.date} aria-live="polite">
        {titleOf(state)}
      </h2>
      <DayField
        aria-label="Go to day"
        className={classes.goTo}
        value={date}
        onChange={(next) => onChange({ date: next })}
      />
      <SegmentedControl
        aria-label="Show"
        size="xs"
        value={view}
        onChange={(next) => onChange({ view: next as CalendarState["view"] })}
        data={[
          { value: "day", label: "Day" },
          { value: "week", label: "Week" },
          { value: "month", label: "Month" },
        ]}
      />
      <SegmentedControl
        aria-label="By"
        size="xs"
        value={by}
        onChange={(next) => onChange({ by: next as CalendarState["by"], only: "" })}
        data={[
          { value: "provider", label: "Doctors" },
          { value: "room", label: "Rooms" },
        ]}
      />
      <NativeSelect
        aria-label={by === "provider" ? "Doctor" : "Room"}
        value={only}
        onChange={({ currentTarget: { value } }) => onChange({ only: value })}
        data={[
          { value: "", label: by === "provider" ? "All doctors" : "All rooms" },
          ...people.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
    </div>
  );
}

"use client";
import type { Appointment, Slot } from "@infirmary/shared/appointment";
import { Button } from "@mantine/core";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { todayIn } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import { useListState } from "#ui/list-state.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { useShortcut } from "#ui/shortcut.tsx";
import { useNow } from "#ui/use-now.ts";
import type { PatientParts } from "./book-dialog.tsx";
import { CalendarBar, type CalendarState, step } from "./calendar-bar.tsx";
import { DayView } from "./day-view.tsx";

const BookDialog = dynamic(() => import("./book-dialog.tsx").then((module) => module.BookDialog));
const AppointmentDialog = dynamic(() => import("./appointment-dialog.tsx").then((module) => module.AppointmentDialog));
const WeekView = dynamic(() => import("./week-view.tsx").then((module) => module.WeekView));
const MonthView = dynamic(() => import("./month-view.tsx").then((module) => module.MonthView));

type Wish = { providerId: string; roomId: string | null; start: string; end: string };
type Open = { slot: Slot | null } | { appointment: Appointment; wish?: Wish } | null;
type Props = PatientParts & {
  bannerIn: (appointment: Appointment) => ReactNode;
  /** Leads to other screens of the front desk. */
  links?: ReactNode;
  /** Somebody to book for, as a chart asked: the dialog stands open. */
  bookFor: string | null;
};

/** The calendar of the facility worked at: a day by doctors or rooms, a week, a month; books, moves and cancels. */
export function Calendar({ pickPatient, bannerOf, bannerIn, links, bookFor }: Props) {
  const { can, timeZone, me } = useMe();
  const now = useNow();
  const today = todayIn(timeZone, new Date(now));
  // Each facility has its own people and rooms, and its own today.
  const list = useListState<CalendarState>(`appointments ${me.facility.id}`, {
    view: "day",
    date: today,
    by: "provider",
    only: "",
  });
  const state = list.filter;
  const [open, setOpen] = useState<Open>(bookFor ? { slot: null } : null);
  const close = () => setOpen(null);
  const mayWrite = can("appointment.write");
  const go = (by: -1 | 1) => list.setFilter({ date: step(state, by) });
  const keys = { group: "Appointments" };
  useShortcut({ ...keys, keys: "n", label: "New appointment" }, () => setOpen({ slot: null }), mayWrite);
  useShortcut({ ...keys, keys: "t", label: "Today" }, () => list.setFilter({ date: today }));
  useShortcut({ ...keys, keys: "[", label: "Earlier" }, () => go(-1));
  useShortcut({ ...keys, keys: "]", label: "Later" }, () => go(1));
  useShortcut({ ...keys, keys: "d", label: "Day" }, () => list.setFilter({ view: "day" }));
  useShortcut({ ...keys, keys: "w", label: "Week" }, () => list.setFilter({ view: "week" }));
  useShortcut({ ...keys, keys: "o", label: "Month" }, () => list.setFilter({ view: "month" }));
  const openDay = (date: string) => list.setFilter({ view: "day", date });
  const openAppointment = (appointment: Appointment) => setOpen({ appointment });
  const shared = { state, today, onOpen: openAppointment, onDay: openDay };
  return (
    <>
      <PageHeader
        title="Appointments"
        description={me.facility.name}
        actions={
          <>
            {links}
            {mayWrite && (
              <Button onClick={() => setOpen({ slot: null })} title="Shortcut: n">
                New appointment
              </Button>
            )}
          </>
        }
      />
      <CalendarBar state={state} today={today} onChange={list.setFilter} />
      {state.view === "day" && (
        <DayView
          {...shared}
          now={now}
          onBook={mayWrite ? (slot) => setOpen({ slot }) : null}
          onTaken={(appointment, wish) => setOpen({ appointment, wish })}
        />
      )}
      {state.view === "week" && <WeekView {...shared} />}
      {state.view === "month" && <MonthView {...shared} />}
      {open && "slot" in open && (
        <BookDialog
          slot={open.slot}
          date={open.slot ? todayIn(timeZone, new Date(open.slot.start)) : later(state.date, today)}
          patientId={bookFor}
          pickPatient={pickPatient}
          bannerOf={bannerOf}
          onClose={close}
        />
      )}
      {open && "appointment" in open && (
        <AppointmentDialog
          appointment={open.appointment}
          wish={open.wish}
          banner={bannerIn(open.appointment)}
          onClose={close}
        />
      )}
    </>
  );
}

const later = (a: string, b: string) => (a > b ? a : b);

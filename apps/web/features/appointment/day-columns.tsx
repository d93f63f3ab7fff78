"use client";
import { type Appointment, appointmentStatusNames, type Slot } from "@infirmary/shared/appointment";
import { type CSSProperties, type KeyboardEvent, useEffect, useRef, useState } from "react";
import { patientName } from "#lib/patient-name.ts";
import classes from "./appointment.module.css";
import { clockAt, hoursOf, instantIn, lengthOf, type Place, placeOf, rowMinutes } from "./day-grid.ts";
import type { Aim } from "./move-aim.ts";
import { neighbour } from "./neighbour.ts";
import { useMoving } from "./use-moving.ts";

export type Column = { id: string; name: string; appointments: Appointment[]; slots: Slot[] };
type Props = {
  columns: readonly Column[];
  /** The day as instants. */
  day: { from: string; to: string };
  timeZone: string;
  /** The present moment, in milliseconds. */
  now: number;
  onOpen: (appointment: Appointment) => void;
  /** Missing for people who may not book: free times are not shown then, and nothing moves. */
  onBook: ((slot: Slot) => void) | null;
  onMove: ((appointment: Appointment, columnId: string, start: string) => Promise<unknown>) | null;
};

/** A column of each doctor or room, a row of each quarter of an hour. One stop of the Tab key; the arrows walk it. */
export function DayColumns({ columns, day, timeZone, now, onOpen, onBook, onMove }: Props) {
  const ref = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string | null>(null);
  const shown = columns.map((column) => ({ ...column, items: itemsOf(column, day, onBook !== null) }));
  const all = shown.flatMap(({ items }) => items);
  const hours = hoursOf(
    all.map(({ at }) => at),
    lengthOf(day),
  );
  const rows = (hours.to - hours.from) / rowMinutes;
  const drop = onMove && ((aim: Aim) => onMove(aim.appointment, aim.columnId, instantIn(day, aim.at.from)));
  const columnIds = columns.map(({ id }) => id);
  const moving = useMoving({ ref, columnIds, hours, onDrop: drop });
  const { aim } = moving;
  const tabStop = all.some(({ key }) => key === active) ? active : all[0]?.key;
  const clock = (minutes: number) => clockAt(instantIn(day, minutes), timeZone);
  const style = (at: Place) =>
    ({ "--at": (at.from - hours.from) / rowMinutes, "--rows": (at.to - at.from) / rowMinutes }) as CSSProperties;
  const nowAt = (now - Date.parse(day.from)) / 60_000;
  const isNowShown = nowAt >= hours.from && nowAt < hours.to;
  // Today opens where the day is; another day at its beginning.
  const scrollRef = useRef<HTMLDivElement>(null);
  const nowRow = isNowShown ? (nowAt - hours.from) / (hours.to - hours.from) : null;
  const latestRow = useRef(nowRow);
  latestRow.current = nowRow;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another day is what it waits for.
  useEffect(() => {
    const area = scrollRef.current;
    if (area)
      area.scrollTop = latestRow.current === null ? 0 : latestRow.current * area.scrollHeight - area.clientHeight / 3;
  }, [day.from]);
  const walk = (event: KeyboardEvent) => {
    const next = event.defaultPrevented ? null : neighbour(ref.current, event);
    if (!next) return;
    event.preventDefault();
    next.focus();
  };
  return (
    <div ref={scrollRef} className={classes.scroll}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys move the focus between the buttons in it. */}
      <div ref={ref} className={classes.day} style={{ "--rows": rows } as CSSProperties} onKeyDown={walk}>
        <div className={classes.hours} aria-hidden="true">
          {Array.from({ length: rows / 4 }, (_, hour) => hours.from + hour * 60).map((minutes) => (
            <span key={minutes} className={classes.hour}>
              {clock(minutes)}
            </span>
          ))}
        </div>
        {shown.map(({ id, name, items }) => (
          <section key={id} aria-label={name} className={classes.column}>
            <h2 className={classes.name}>{name}</h2>
            <div className={classes.track} data-column={id} data-rows={rows}>
              {isNowShown && <div className={classes.now} style={style({ from: nowAt, to: nowAt })} />}
              {items.map(({ key, appointment, slot, at }) => {
                const button = {
                  type: "button" as const,
                  style: style(at),
                  tabIndex: key === tabStop ? 0 : -1,
                  "data-minute": at.from,
                  onFocus: () => setActive(key),
                };
                return appointment ? (
                  <button
                    key={key}
                    {...button}
                    {...moving.handlers(appointment, id, at)}
                    className={classes.block}
                    data-status={appointment.status}
                    data-moving={aim?.appointment.id === appointment.id || undefined}
                    data-lines={at.to - at.from >= 25 ? 2 : 1}
                    onClick={() => !moving.swallowsClick() && onOpen(appointment)}
                  >
                    <Block appointment={appointment} timeZone={timeZone} />
                  </button>
                ) : (
                  <button
                    key={key}
                    {...button}
                    className={classes.free}
                    aria-label={`Book ${clockAt(slot.start, timeZone)} with ${name}, ${slot.visitType}`}
                    onClick={() => onBook?.(slot)}
                  >
                    {clockAt(slot.start, timeZone)} Free <span className={classes.type}>{slot.visitType}</span>
                  </button>
                );
              })}
              {aim?.columnId === id && (
                <div className={classes.ghost} style={style(aim.at)} data-saving={moving.isSaving || undefined}>
                  {clock(aim.at.from)}–{clock(aim.at.to)}
                </div>
              )}
            </div>
          </section>
        ))}
      </div>
      <p role="status" className={classes.spoken}>
        {aim &&
          `Moving ${patientName(aim.appointment.patient)} to ${clock(aim.at.from)}, ${columns.find(({ id }) => id === aim.columnId)?.name ?? ""}. Enter puts it down, Escape leaves it.`}
      </p>
    </div>
  );
}

function Block({ appointment, timeZone }: { appointment: Appointment; timeZone: string }) {
  const { patient, visitType, status, start, roomName } = appointment;
  return (
    <>
      <span className={classes.who}>
        {clockAt(start, timeZone)} <bdi>{patientName(patient)}</bdi>
      </span>{" "}
      <span className={classes.what}>
        {status !== "BOOKED" && <strong>{appointmentStatusNames[status]} · </strong>}
        {visitType}
        {roomName && ` · ${roomName}`}
      </span>
    </>
  );
}

type Item =
  | { key: string; appointment: Appointment; slot: null; at: Place }
  | { key: string; appointment: null; slot: Slot; at: Place };

/** What stands in a column, by its time. */
function itemsOf(column: Column, day: { from: string; to: string }, hasSlots: boolean): Item[] {
  const booked = column.appointments.map(
    (appointment): Item => ({ key: appointment.id, appointment, slot: null, at: placeOf(appointment, day) }),
  );
  const free = (hasSlots ? column.slots : []).map(
    (slot): Item => ({
      key: `${column.id} ${slot.providerId} ${slot.start}`,
      appointment: null,
      slot,
      at: placeOf(slot, day),
    }),
  );
  return [...booked, ...free].sort((a, b) => a.at.from - b.at.from);
}

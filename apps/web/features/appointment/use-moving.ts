"use client";
import type { Appointment } from "@infirmary/shared/appointment";
import { type KeyboardEvent, type PointerEvent, type RefObject, useRef, useState } from "react";
import { type Place, rowMinutes, stepMinutes } from "./day-grid.ts";
import { type Aim, aimBeside, aimBy } from "./move-aim.ts";

/** How far a pointer travels before a press becomes a drag, in px. */
const slopPx = 6;

type Options = {
  /** The element whose `[data-column]` children are the columns. */
  ref: RefObject<HTMLElement | null>;
  columnIds: readonly string[];
  hours: Place;
  /** Missing for people who may not move. */
  onDrop: ((aim: Aim) => Promise<unknown>) | null;
};

/**
 * Moves an appointment on the day: dragged by mouse or pen, or by keys (`m` takes it up, the arrows carry it, Enter puts it down, Escape
 * leaves it). A finger scrolls; on a tablet the form moves. Answers where it would go, and what a block has to listen to.
 */
export function useMoving({ ref, columnIds, hours, onDrop }: Options) {
  const [aim, setAim] = useState<Aim | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const wasDragged = useRef(false);

  const drop = async (target: Aim, first: Aim) => {
    const isSame = target.columnId === first.columnId && target.at.from === first.at.from;
    if (isSame || !onDrop) return setAim(null);
    setIsSaving(true);
    await onDrop(target).finally(() => {
      setIsSaving(false);
      setAim(null);
    });
  };

  const handlers = (appointment: Appointment, columnId: string, at: Place) => {
    if (!onDrop || appointment.status !== "BOOKED" || isSaving) return {};
    const first: Aim = { appointment, columnId, at };
    const isMoved = aim?.appointment.id === appointment.id;
    return {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        wasDragged.current = false;
        if (event.button !== 0 || event.pointerType === "touch" || isMoved) return;
        follow(event, first);
      },
      onKeyDown: (event: KeyboardEvent<HTMLElement>) => {
        if (!isMoved) {
          if (event.key !== "m" || event.ctrlKey || event.metaKey || event.altKey) return;
          event.preventDefault();
          setAim(first);
          return;
        }
        const next = aimByKey(aim, event, columnIds, hours);
        if (next === undefined) return;
        event.preventDefault();
        event.stopPropagation();
        if (next === "drop") void drop(aim, first);
        else setAim(next);
      },
      onBlur: () => isMoved && !isSaving && setAim(null),
    };
  };

  /** Follows the pointer until it is let go, Escape is pressed or the system takes it away. */
  const follow = (down: PointerEvent<HTMLElement>, first: Aim) => {
    const [x, y] = [down.clientX, down.clientY];
    const scrolled = ref.current?.parentElement;
    const top = scrolled?.scrollTop ?? 0;
    let latest: Aim | null = null;
    const onMove = (event: globalThis.PointerEvent) => {
      const dy = event.clientY - y + ((scrolled?.scrollTop ?? 0) - top);
      if (!latest && Math.hypot(event.clientX - x, dy) < slopPx) return;
      wasDragged.current = true;
      const columnId = columnAt(ref.current, event.clientX) ?? first.columnId;
      latest = aimBy({ ...first, columnId }, dy / pxOfMinute(ref.current), hours);
      setAim(latest);
    };
    const stop = () => {
      window.removeEventListener("pointermove", onMove);
      window.removeEventListener("pointerup", onUp);
      window.removeEventListener("pointercancel", onCancel);
      window.removeEventListener("keydown", onKey);
    };
    const onUp = () => {
      stop();
      if (latest) void drop(latest, first);
    };
    const onCancel = () => {
      stop();
      setAim(null);
    };
    const onKey = (event: globalThis.KeyboardEvent) => event.key === "Escape" && onCancel();
    window.addEventListener("pointermove", onMove);
    window.addEventListener("pointerup", onUp);
    window.addEventListener("pointercancel", onCancel);
    window.addEventListener("keydown", onKey);
  };

  /** Whether the click that follows belongs to a drag and opens nothing. */
  const swallowsClick = () => wasDragged.current || aim !== null;
  return { aim, isSaving, handlers, swallowsClick };
}

/** What a key does to an appointment that is taken up; undefined where it does nothing. */
function aimByKey(
  aim: Aim,
  { key, shiftKey }: Pick<KeyboardEvent, "key" | "shiftKey">,
  columnIds: readonly string[],
  hours: Place,
): Aim | null | "drop" | undefined {
  const minutes = shiftKey ? 60 : stepMinutes;
  if (key === "ArrowDown") return aimBy(aim, minutes, hours);
  if (key === "ArrowUp") return aimBy(aim, -minutes, hours);
  if (key === "ArrowLeft") return aimBeside(aim, columnIds, -1);
  if (key === "ArrowRight") return aimBeside(aim, columnIds, 1);
  if (key === "Enter" || key === " ") return "drop";
  return key === "Escape" ? null : undefined;
}

const tracksOf = (day: HTMLElement | null) => [...(day?.querySelectorAll<HTMLElement>("[data-column]") ?? [])];

function columnAt(day: HTMLElement | null, x: number): string | undefined {
  return tracksOf(day).find((track) => {
    const { left, right } = track.getBoundingClientRect();
    return x >= left && x < right;
  })?.dataset.column;
}

function pxOfMinute(day: HTMLElement | null): number {
  const [track] = tracksOf(day);
  const rows = Number(track?.dataset.rows ?? 0);
  return track && rows > 0 ? track.getBoundingClientRect().height / (rows * rowMinutes) : 1;
}

import type { Appointment, Slot } from "@infirmary/shared/appointment";
import type { Column } from "./day-columns.tsx";
import { oneAtATime } from "./day-grid.ts";

export type Resource = { id: string; name: string };
/** The column of appointments without a room. */
export const noRoom = "none";

type Input = {
  providers: readonly Resource[];
  rooms: readonly Resource[];
  by: "provider" | "room";
  /** One of them; empty for all. */
  only: string;
  appointments: readonly Appointment[];
  slots: readonly Slot[];
};

/** The columns of a day. Whoever has an appointment has one, also if they have left meanwhile. */
export function columnsOf({ providers, rooms, by, only, appointments, slots }: Input): Column[] {
  const known = by === "provider" ? providers : [...rooms, { id: noRoom, name: "No room" }];
  const idOf = ({ providerId, roomId }: Appointment | Slot) => (by === "provider" ? providerId : (roomId ?? noRoom));
  const nameOf = ({ providerName, roomName }: Appointment) =>
    by === "provider" ? providerName : (roomName ?? "No room");
  const others = new Map(appointments.map((appointment) => [idOf(appointment), nameOf(appointment)]));
  for (const { id } of known) others.delete(id);
  return [...known, ...[...others].map(([id, name]) => ({ id, name }))]
    .filter(({ id }) => only === "" || id === only)
    .map(({ id, name }) => ({
      id,
      name,
      appointments: appointments.filter((appointment) => idOf(appointment) === id),
      slots: oneAtATime(slots.filter((slot) => idOf(slot) === id)),
    }));
}

import { demoAppointments, demoHours, demoKept } from "@infirmary/db/seed";
import { dayAfter, dayAt, instantAt, weekdayOf } from "@infirmary/shared/appointment";
import { newId } from "../core/id.ts";
import type { NoteDeed, VisitRow } from "./clinic-day-rows.ts";
import type { DemoFacility, DemoPerson } from "./store.ts";

type Input = {
  now: Date;
  patients: readonly { id: string }[];
  people: readonly DemoPerson[];
  facilities: readonly DemoFacility[];
  /** Ids of rooms by their code. */
  rooms: ReadonlyMap<string, string>;
  /** The visits that are there already. */
  visits: readonly VisitRow[];
  note: NoteDeed;
};

export type AppointmentRow = {
  id: string;
  facilityId: string;
  patientId: string;
  providerId: string;
  roomId: string | null;
  visitType: string;
  startsAt: Date;
  endsAt: Date;
  status: "BOOKED" | "CHECKED_IN" | "NO_SHOW";
  encounterId: string | null;
  bookedById: string;
  createdAt: Date;
};
export type AvailabilityRow = Omit<(typeof demoHours)[number], "username" | "facility" | "room" | "weekdays"> & {
  id: string;
  facilityId: string;
  providerId: string;
  roomId: string | null;
  weekday: number;
  validFrom: string;
};
export type AppointmentEvent = {
  id: string;
  at: Date;
  actorId: string;
  patientId: string;
  subjectId: string;
  detail: object;
};

const minuteMs = 60_000;

/** Doctors' hours, and what is booked today and in the coming week. */
export function appointmentsOf({ now, patients, people, facilities, rooms, visits, note }: Input) {
  const person = (username: string) => {
    const found = people.find((candidate) => candidate.username === username);
    if (!found) throw new Error(`The demo has no ${username}.`);
    return found;
  };
  const site = (code: string) => {
    const found = facilities.find((candidate) => candidate.code === code);
    if (!found) throw new Error(`The demo has no site ${code}.`);
    return found;
  };
  const patientAt = (index: number) => {
    const found = patients[index];
    if (!found) throw new Error("An appointment names a patient that the demo has not.");
    return found.id;
  };
  const main = site("MAIN");
  const nurse = person("nurse.jane");
  const roomOf = (code: string | null) => (code === null ? null : (rooms.get(code) ?? null));
  const today = dayAt(now, main.timeZone);
  const hours = demoHours.flatMap(({ username, facility, room, weekdays, ...times }): AvailabilityRow[] =>
    weekdays.map((weekday) => ({
      ...times,
      id: newId(),
      facilityId: site(facility).id,
      providerId: person(username).id,
      roomId: roomOf(room),
      weekday,
      validFrom: today,
    })),
  );

  const rows: AppointmentRow[] = [];
  const events: AppointmentEvent[] = [];
  const isTaken = ({ providerId, roomId, startsAt, endsAt }: AppointmentRow) =>
    rows.some(
      (row) =>
        (row.providerId === providerId || (roomId !== null && row.roomId === roomId)) &&
        row.startsAt < endsAt &&
        startsAt < row.endsAt,
    );
  const add = (row: Omit<AppointmentRow, "id" | "facilityId" | "bookedById">) => {
    const full: AppointmentRow = {
      ...row,
      id: newId(row.createdAt.getTime()),
      facilityId: main.id,
      bookedById: nurse.id,
    };
    if (isTaken(full)) return;
    rows.push(full);
    const { id, patientId, startsAt, createdAt, visitType } = full;
    note(nurse, createdAt, main.id, { action: "appointment.book", entity: "appointment", entityId: id, patientId });
    const detail = { start: startsAt.toISOString(), visitType };
    events.push({ id: newId(createdAt.getTime()), at: createdAt, actorId: nurse.id, patientId, subjectId: id, detail });
  };

  for (const { patient, agoMinutes, minutes } of demoKept) {
    const visit = visits.find(
      ({ patientId, scheduledAt }) =>
        patientId === patientAt(patient) && scheduledAt.getTime() === now.getTime() - agoMinutes * minuteMs,
    );
    if (!visit) throw new Error("The demo has no visit for an appointment that was kept.");
    const startsAt = new Date(Math.floor(visit.scheduledAt.getTime() / (5 * minuteMs)) * 5 * minuteMs);
    add({
      patientId: visit.patientId,
      providerId: visit.providerId,
      roomId: roomOf("C1"),
      visitType: "Follow-up",
      startsAt,
      endsAt: new Date(startsAt.getTime() + minutes * minuteMs),
      status: "CHECKED_IN",
      encounterId: visit.id,
      createdAt: visit.createdAt,
    });
  }
  const days = [today];
  while (days.length <= 7) days.push(dayAfter(days.at(-1) ?? today));
  let missed = 0;
  for (const [index, { patient, username, room, visitType, day, minute, minutes }] of demoAppointments().entries()) {
    const date = days[day] ?? today;
    const startsAt = instantAt(date, minute, main.timeZone);
    const isOpen = demoHours.some((own) => own.username === username && own.weekdays.includes(weekdayOf(date)));
    if (!startsAt || !isOpen) continue;
    const isPast = startsAt.getTime() < now.getTime();
    // What was kept this morning stands there as visits; one or two people did not come.
    if (isPast && (missed >= 2 || index % 4 !== 0)) continue;
    if (isPast) missed++;
    add({
      patientId: patientAt(patient),
      providerId: person(username).id,
      roomId: roomOf(room),
      visitType,
      startsAt,
      endsAt: new Date(startsAt.getTime() + minutes * minuteMs),
      status: isPast ? "NO_SHOW" : "BOOKED",
      encounterId: null,
      createdAt: new Date(now.getTime() - (2 + (index % 9)) * 86_400_000),
    });
  }
  return { hours, rows, events };
}

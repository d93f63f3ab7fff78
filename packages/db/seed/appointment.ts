import { randomFrom } from "./random.ts";

/** When a doctor of the demo sees patients, by the site's own clock; weekdays 1 Monday to 7 Sunday. */
export type DemoHours = {
  username: string;
  facility: string;
  room: string | null;
  visitType: string;
  weekdays: readonly number[];
  startMinute: number;
  endMinute: number;
  slotMinutes: number;
};

/** A booking of the demo: a day from the day of seeding on, a minute of its morning or afternoon. */
export type DemoAppointment = {
  /** Index in the list of patients. */
  patient: number;
  username: string;
  room: string | null;
  visitType: string;
  day: number;
  minute: number;
  minutes: number;
};

/** A visit of today that began with an appointment: so long before the seeding. */
export type DemoKept = { patient: number; agoMinutes: number; minutes: number };

const workdays = [1, 2, 3, 4, 5];
const everyDay = [1, 2, 3, 4, 5, 6, 7];
const clinic = (username: string, room: string, weekdays: readonly number[]): DemoHours[] => [
  {
    username,
    facility: "MAIN",
    room,
    visitType: "Follow-up",
    weekdays,
    startMinute: 8 * 60,
    endMinute: 12 * 60,
    slotMinutes: 15,
  },
  {
    username,
    facility: "MAIN",
    room,
    visitType: "New patient",
    weekdays,
    startMinute: 13 * 60,
    endMinute: 17 * 60,
    slotMinutes: 30,
  },
];

export const demoHours: readonly DemoHours[] = [
  ...clinic("dr.smith", "C1", everyDay),
  ...clinic("dr.patel", "C2", workdays),
  {
    username: "dr.chen",
    facility: "RIVER",
    room: null,
    visitType: "Follow-up",
    weekdays: workdays,
    startMinute: 9 * 60,
    endMinute: 16 * 60,
    slotMinutes: 20,
  },
];

/** The visits of this morning that were booked ahead; the others came without an appointment. */
export const demoKept: readonly DemoKept[] = [
  { patient: 20, agoMinutes: 190, minutes: 20 },
  { patient: 31, agoMinutes: 165, minutes: 20 },
  { patient: 44, agoMinutes: 140, minutes: 20 },
  { patient: 5, agoMinutes: 45, minutes: 20 },
  { patient: 4, agoMinutes: 25, minutes: 20 },
  { patient: 63, agoMinutes: 5, minutes: 20 },
];

/** What is booked today and in the coming week: two thirds of the hours, at every site that has patients. */
export function demoAppointments(): DemoAppointment[] {
  const random = randomFrom(4_127);
  const booked: DemoAppointment[] = [];
  for (let day = 0; day <= 7; day++)
    for (const hours of demoHours.filter(({ facility }) => facility === "MAIN")) {
      const { username, room, visitType, startMinute, endMinute, slotMinutes } = hours;
      for (let minute = startMinute; minute + slotMinutes <= endMinute; minute += slotMinutes)
        if (random.chance(0.62 - day * 0.05))
          booked.push({
            patient: random.int(85, 199),
            username,
            room,
            visitType,
            day,
            minute,
            minutes: slotMinutes,
          });
    }
  return booked;
}

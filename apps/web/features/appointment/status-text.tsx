import { type AppointmentStatus, appointmentStatusNames } from "@infirmary/shared/appointment";
import { StatusBadge, type Tone } from "#ui/status-badge.tsx";

const tones: Record<AppointmentStatus, Tone> = {
  BOOKED: "plain",
  CHECKED_IN: "accent",
  NO_SHOW: "muted",
  CANCELLED: "muted",
};

/** Where an appointment stands, as a word. */
export function AppointmentStatusText({ status }: { status: AppointmentStatus }) {
  return <StatusBadge tone={tones[status]}>{appointmentStatusNames[status]}</StatusBadge>;
}

"use client";
import { type Appointment, canMove } from "@infirmary/shared/appointment";
import { formatDateTime } from "@infirmary/shared/core";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { Dialog } from "#ui/dialog.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { FactList } from "#ui/fact-list.tsx";
import { useNow } from "#ui/use-now.ts";
import classes from "./appointment.module.css";
import { CancelForm } from "./cancel-form.tsx";
import { clockAt } from "./day-grid.ts";
import { MoveForm } from "./move-form.tsx";
import { useCheckIn, useNoShow } from "./queries.ts";
import { AppointmentStatusText } from "./status-text.tsx";
import { useSaidWithUndo } from "./use-said-with-undo.ts";

type Wish = { providerId: string; roomId: string | null; start: string; end: string };
type Props = {
  appointment: Appointment;
  /** A time it was dropped at and that is taken: the dialog opens with moving. */
  wish?: Wish | undefined;
  banner: ReactNode;
  onClose: () => void;
};

/** One appointment and the steps this person may take with it. */
export function AppointmentDialog({ appointment, wish, banner, onClose }: Props) {
  const [form, setForm] = useState<"move" | "cancel" | null>(wish ? "move" : null);
  const back = wish ? onClose : () => setForm(null);
  const title = form === "move" ? "Move appointment" : form === "cancel" ? "Cancel appointment" : "Appointment";
  return (
    <Dialog title={title} onClose={onClose} size={640}>
      <div className={classes.form}>
        {banner}
        {form === "move" && <MoveForm appointment={appointment} wish={wish} onDone={onClose} onBack={back} />}
        {form === "cancel" && <CancelForm appointment={appointment} onDone={onClose} onBack={back} />}
        {form === null && <Details appointment={appointment} onForm={setForm} onClose={onClose} />}
      </div>
    </Dialog>
  );
}

function Details({
  appointment,
  onForm,
  onClose,
}: {
  appointment: Appointment;
  onForm: (form: "move" | "cancel") => void;
  onClose: () => void;
}) {
  const { can } = useMe();
  const now = useNow();
  const checkIn = useMutation(useCheckIn());
  const noShow = useMutation(useNoShow());
  const sayDone = useSaidWithUndo();
  const { id, version, start, end, timeZone, status } = appointment;
  const error = checkIn.error ?? noShow.error;
  const mayWrite = can("appointment.write");
  const done = (text: string) => ({
    onSuccess: (changed: Appointment) => {
      sayDone(text, changed);
      onClose();
    },
  });
  return (
    <div className={classes.form}>
      <FactList
        facts={[
          ["State", <AppointmentStatusText key="v" status={status} />],
          ["Time", `${formatDateTime(start, timeZone)}–${clockAt(end, timeZone)}`],
          ["Doctor", appointment.providerName],
          ["Room", appointment.roomName ?? "No room"],
          ["Visit type", appointment.visitType],
          ["Facility", appointment.facilityName],
          ...(appointment.cancelReason ? [["Reason", appointment.cancelReason] as [string, string]] : []),
        ]}
      />
      {error && <ErrorState error={apiError(error)} isCompact />}
      <div className={classes.actions}>
        {mayWrite && canMove(status, "CANCELLED") && (
          <Button variant="default" onClick={() => onForm("cancel")}>
            Cancel appointment
          </Button>
        )}
        {mayWrite && canMove(status, "NO_SHOW") && Date.parse(start) <= now && (
          <Button
            variant="default"
            loading={noShow.isPending}
            onClick={() => noShow.mutate({ id, version }, done("Marked as did not come."))}
          >
            Did not come
          </Button>
        )}
        {mayWrite && status === "BOOKED" && (
          <Button variant="default" onClick={() => onForm("move")}>
            Move
          </Button>
        )}
        {appointment.encounterId && can("encounter.read") && (
          <Button component={Link} href={`/encounters/${appointment.encounterId}`}>
            Open the visit
          </Button>
        )}
        {can("encounter.check-in") && canMove(status, "CHECKED_IN") && (
          <Button
            loading={checkIn.isPending}
            data-autofocus
            onClick={() => checkIn.mutate({ id, version }, done("Checked in."))}
          >
            Check in
          </Button>
        )}
      </div>
    </div>
  );
}

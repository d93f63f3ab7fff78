"use client";
import { type Appointment, canMove } from "@infirmary/shared/appointment";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { ageAndSex, patientName, todayIn } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { DataTable } from "#ui/data-table.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { useNow } from "#ui/use-now.ts";
import classes from "./appointment.module.css";
import { clockAt, spanOf } from "./day-grid.ts";
import { useCheckIn, useNoShow } from "./queries.ts";
import { useAppointments } from "./use-appointments.ts";
import { useSaidWithUndo } from "./use-said-with-undo.ts";

/** Who is expected today and has not come yet, with the next step on the row. */
export function TodayList() {
  const { can, timeZone } = useMe();
  const now = useNow();
  const today = todayIn(timeZone, new Date(now));
  const { appointments, error, retry } = useAppointments(spanOf(today, timeZone));
  const checkIn = useMutation(useCheckIn());
  const noShow = useMutation(useNoShow());
  const sayDone = useSaidWithUndo();
  const expected = appointments?.filter(({ status }) => status === "BOOKED");
  const failure = checkIn.error ?? noShow.error;
  const done = (text: string) => ({ onSuccess: (changed: Appointment) => sayDone(text, changed) });
  const isBusy = checkIn.isPending || noShow.isPending;
  return (
    <div className={classes.form}>
      {failure && <ErrorState error={apiError(failure)} isCompact />}
      <DataTable<Appointment>
        caption="Expected today"
        rows={expected}
        rowKey={({ id }) => id}
        skeletonRows={5}
        error={error}
        onRetry={retry}
        empty={{
          title: "Nobody else is expected today.",
          hint: <Link href="/appointments">Open the calendar</Link>,
        }}
        columns={[
          { key: "time", header: "Time", width: "84px", cell: ({ start }) => clockAt(start, timeZone) },
          {
            key: "patient",
            header: "Patient",
            cell: ({ patientId, patient }) => (
              <Link href={`/patients/${patientId}`} data-row-main>
                <bdi>{patientName(patient)}</bdi> <span className={classes.dim}>{ageAndSex(patient, today)}</span>
              </Link>
            ),
          },
          { key: "type", header: "Visit type", width: "152px", yields: "second", cell: ({ visitType }) => visitType },
          { key: "doctor", header: "Doctor", width: "168px", cell: ({ providerName }) => providerName },
          {
            key: "room",
            header: "Room",
            width: "168px",
            yields: "first",
            cell: ({ roomName }) => roomName ?? "No room",
          },
          {
            key: "late",
            header: "Late",
            width: "92px",
            align: "right",
            cell: ({ start }) => {
              const minutes = Math.floor((now - Date.parse(start)) / 60_000);
              return minutes > 0 ? <span className={classes.late}>{minutes} min</span> : null;
            },
          },
          {
            key: "steps",
            header: "Steps",
            width: "216px",
            align: "right",
            cell: ({ id, version, status, start, patient }) => (
              <span className={classes.rowSteps}>
                {can("appointment.write") && Date.parse(start) <= now && canMove(status, "NO_SHOW") && (
                  <Button
                    size="compact-sm"
                    variant="subtle"
                    disabled={isBusy}
                    onClick={() => noShow.mutate({ id, version }, done("Marked as did not come."))}
                  >
                    Did not come
                  </Button>
                )}
                {can("encounter.check-in") && (
                  <Button
                    size="compact-sm"
                    variant="default"
                    disabled={isBusy}
                    aria-label={`Check in ${patientName(patient)}`}
                    onClick={() => checkIn.mutate({ id, version }, done("Checked in."))}
                  >
                    Check in
                  </Button>
                )}
              </span>
            ),
          },
        ]}
      />
    </div>
  );
}

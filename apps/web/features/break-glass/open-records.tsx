"use client";
import type { OwnBreakGlass } from "@infirmary/shared/break-glass";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { patientName } from "#lib/patient-name.ts";
import { useNow } from "#ui/use-now.ts";
import classes from "./break-glass.module.css";
import { useEndBreakGlass, useOwnBreakGlasses } from "./queries.ts";
import { timeLeft } from "./time-left.ts";

/** On every screen while a record is open in an emergency: whose, how much longer, and the way to close it. */
export function OpenRecords() {
  const own = useQuery(useOwnBreakGlasses());
  if (!own.data?.items.length) return null;
  return <Strip items={own.data.items} />;
}

function Strip({ items }: { items: readonly OwnBreakGlass[] }) {
  const queries = useQueryClient();
  const now = useNow(1000);
  // All that was fetched under it goes: the screens ask again and are refused.
  const end = useMutation({ ...useEndBreakGlass(), onSuccess: () => queries.invalidateQueries() });
  const open = items.filter(({ expiresAt }) => Date.parse(expiresAt) > now);
  if (open.length === 0) return null;
  return (
    <section data-notice className={`${classes.strip} no-print`} aria-label="Records opened in an emergency">
      <strong>Emergency access</strong>
      {open.map(({ id, patient, expiresAt }) => (
        <span key={id} className={classes.record}>
          <Link href={`/patients/${patient.id}`}>
            <bdi>{patientName(patient)}</bdi>
          </Link>
          <span className={classes.left} role="timer">
            {timeLeft(Date.parse(expiresAt) - now)} left
          </span>
          <button type="button" className={classes.end} disabled={end.isPending} onClick={() => end.mutate({ id })}>
            Close record
          </button>
        </span>
      ))}
    </section>
  );
}

"use client";
import { formatDate } from "@infirmary/shared/core";
import { formatMrn } from "@infirmary/shared/patient";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { patientName } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import { Section } from "#ui/section.tsx";
import classes from "./patient-list.module.css";
import { useElsewhere } from "./queries.ts";

/** Patients of other facilities whom the search means exactly: who it is, and the way to open the record in an emergency. */
export function Elsewhere({ q }: { q: string }) {
  const { can } = useMe();
  const found = useQuery(useElsewhere(can("patient.break-glass") ? q : null));
  if (!found.data?.items.length) return null;
  return (
    <Section title="Registered elsewhere">
      <ul className={classes.elsewhere}>
        {found.data.items.map((patient) => (
          <li key={patient.id}>
            <Link href={`/patients/${patient.id}`}>
              <bdi>{patientName(patient)}</bdi>
            </Link>
            , born {formatDate(patient.dateOfBirth)}, MRN {formatMrn(patient.mrn)}: not in your care here
          </li>
        ))}
      </ul>
    </Section>
  );
}

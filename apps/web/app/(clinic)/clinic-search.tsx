"use client";
import { formatMrn } from "@infirmary/shared/patient";
import { useDebouncedValue, useDisclosure } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { searchMin, usePatientSearch } from "#features/patient/queries.ts";
import { matchActions } from "#features/shell/match-actions.ts";
import { birthAndAge, patientName, todayIn } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { CommandPalette } from "#ui/command-palette.tsx";
import { Kbd } from "#ui/kbd.tsx";
import { useShortcut } from "#ui/shortcut.tsx";
import classes from "./clinic-search.module.css";

/** How many patients the palette lists; the patients screen shows the rest. */
const shown = 8;

/** Ctrl-K anywhere: patients by name, MRN, phone or birth date, and every screen and action the person may use. */
export function ClinicSearch() {
  const router = useRouter();
  const me = useMe();
  const [isOpen, palette] = useDisclosure(false);
  const [query, setQuery] = useState("");
  const [q] = useDebouncedValue(query.trim(), 120);
  const canSearch = me.can("patient.read");
  const patients = useQuery({
    ...usePatientSearch(canSearch ? q : "", { limit: shown }),
    enabled: isOpen && canSearch && q.length >= searchMin,
  });
  const found = q.length >= searchMin ? (patients.data?.items ?? []) : [];
  const open = () => {
    setQuery("");
    palette.open();
  };
  useShortcut({ keys: "mod+k", label: "Search patients, screens, actions", group: "Anywhere" }, open);

  const go = (href: string) => () => {
    palette.close();
    router.push(href);
  };
  const groups = [
    {
      label: "Patients",
      items: found.map((patient) => ({
        id: patient.id,
        label: patientName(patient),
        detail: `${birthAndAge(patient.dateOfBirth, todayIn(me.timeZone))} · MRN ${formatMrn(patient.mrn)}`,
        run: go(`/patients/${patient.id}`),
      })),
    },
    {
      label: "Screens and actions",
      items: matchActions(query, me.roles).map(({ href, label, keys }) => ({ id: href, label, keys, run: go(href) })),
    },
  ];
  const isNothing = q.length >= searchMin && patients.data && found.length === 0 && groups[1]?.items.length === 0;
  const words = canSearch ? "Search patients, screens, actions" : "Search screens and actions";
  return (
    <>
      <button type="button" className={classes.field} onClick={open} aria-haspopup="dialog">
        <IconSearch size={16} aria-hidden="true" />
        <span className={classes.words}>{words}</span>
        <Kbd keys="mod+k" />
      </button>
      <CommandPalette
        isOpen={isOpen}
        onClose={palette.close}
        query={query}
        onQuery={setQuery}
        placeholder={canSearch ? "Name, MRN, phone, birth date, or a screen" : "A screen or an action"}
        groups={groups}
        isLoading={patients.isFetching}
        message={
          patients.error
            ? apiError(patients.error).title
            : isNothing
              ? "Nothing found. Check the spelling, or try the MRN."
              : null
        }
      />
    </>
  );
}

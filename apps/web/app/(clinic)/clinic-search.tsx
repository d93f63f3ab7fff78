"use client";
import { useDisclosure } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { usePatientItems } from "#features/patient/use-patient-items.ts";
import { matchActions } from "#features/shell/match-actions.ts";
import { useMe } from "#lib/session/me.tsx";
import { CommandPalette } from "#ui/command-palette.tsx";
import { Kbd } from "#ui/kbd.tsx";
import { useShortcut } from "#ui/shortcut.tsx";
import classes from "./clinic-search.module.css";

/** Ctrl-K anywhere: patients by name, MRN, phone or birth date, and every screen and action the person may use. */
export function ClinicSearch() {
  const router = useRouter();
  const { can, permissions } = useMe();
  const [isOpen, palette] = useDisclosure(false);
  const [query, setQuery] = useState("");
  const canSearch = can("patient.read");
  const go = (href: string) => {
    palette.close();
    router.push(href);
  };
  const patients = usePatientItems(query, isOpen && canSearch, ({ id }) => go(`/patients/${id}`));
  const screens = matchActions(query, permissions).map(({ href, label, keys }) => ({
    id: href,
    label,
    run: () => go(href),
    ...(keys ? { keys } : {}),
  }));
  const open = () => {
    setQuery("");
    palette.open();
  };
  useShortcut({ keys: "mod+k", label: "Search patients, screens, actions", group: "Anywhere" }, open);

  const words = canSearch ? "Search patients, screens, actions" : "Search screens and actions";
  const nothing =
    screens.length === 0 && (patients.isNothing || !canSearch)
      ? "Nothing found. Check the spelling, or try the MRN."
      : null;
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
        groups={[
          { label: "Patients", items: patients.items },
          { label: "Screens and actions", items: screens },
        ]}
        isLoading={patients.isLoading}
        message={patients.error ?? nothing}
      />
    </>
  );
}

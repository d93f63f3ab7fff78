"use client";
import type { Patient } from "@infirmary/shared/patient";
import { Button, CloseButton, Input } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useId, useState } from "react";
import { CommandPalette } from "#ui/command-palette.tsx";
import classes from "./patient-picker.module.css";
import { usePatientItems } from "./use-patient-items.ts";

type Props = {
  label: string;
  /** Who is chosen, as text; null for nobody. */
  chosen: string | null;
  onChoose: (patient: Patient) => void;
  onClear: () => void;
};

/** Chooses one patient by searching, as the Ctrl-K field does. */
export function PatientPicker({ label, chosen, onChoose, onClear }: Props) {
  const labelId = useId();
  const [isOpen, palette] = useDisclosure(false);
  const [query, setQuery] = useState("");
  const { items, isLoading, isNothing, error } = usePatientItems(query, isOpen, (patient) => {
    onChoose(patient);
    palette.close();
  });
  const open = () => {
    setQuery("");
    palette.open();
  };
  return (
    <div>
      <Input.Label id={labelId} labelElement="div">
        {label}
      </Input.Label>
      <div className={classes.field}>
        <Button variant="default" aria-describedby={labelId} className={classes.button} onClick={open}>
          <bdi>{chosen ?? "Choose a patient"}</bdi>
        </Button>
        {chosen && <CloseButton aria-label={`Clear: ${label}`} onClick={onClear} />}
      </div>
      <CommandPalette
        isOpen={isOpen}
        onClose={palette.close}
        query={query}
        onQuery={setQuery}
        placeholder="Name, MRN, phone or birth date"
        groups={[{ label: "Patients", items }]}
        isLoading={isLoading}
        message={error ?? (isNothing ? "Nobody found. Check the spelling, or try the MRN." : null)}
      />
    </div>
  );
}

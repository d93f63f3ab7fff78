"use client";
import { ageInYears } from "@infirmary/shared/core";
import {
  ageInMonths,
  type Consciousness,
  consciousnessLevels,
  consciousnessNames,
  limits,
  type RespiratoryEffort,
  respiratoryEfforts,
  unlikelyOf,
  type Vitals,
} from "@infirmary/shared/vitals";
import { Button, Checkbox, NativeSelect, SegmentedControl } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { todayIn } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { FormError } from "#ui/form-error.tsx";
import { say } from "#ui/toast-store.ts";
import { LiveScoreText } from "./live-score-text.tsx";
import { useRecordVitals, useVitalsChanged } from "./queries.ts";
import classes from "./vitals.module.css";
import { basicFields, celsiusTyped, emptyDraft, faultOf, inputOf, type NumberField, numberOf } from "./vitals-draft.ts";
import { VitalsField } from "./vitals-field.tsx";

type Props = {
  encounterId: string;
  patient: { dateOfBirth: string };
  spo2Scale: 1 | 2;
  onSaved?: (vitals: Vitals) => void;
};

const childUntilMonths = 16 * 12;

/**
 * Vital signs by the keypad: the fields in the order they are taken, Enter goes to the next that is open and saves when none is. The
 * score builds up as text; an unlikely value is asked about in place. What is typed stays when saving fails.
 */
export function VitalsForm({ encounterId, patient, spo2Scale, onSaved }: Props) {
  const { timeZone } = useMe();
  const today = todayIn(timeZone);
  const ageYears = ageInYears(patient.dateOfBirth, today);
  const isChild = ageInMonths(patient.dateOfBirth, today) < childUntilMonths;
  const [draft, setDraft] = useState(emptyDraft);
  const [confirmed, setConfirmed] = useState<readonly string[]>([]);
  const [isTried, setIsTried] = useState(false);
  const record = useMutation(useRecordVitals());
  const changed = useVitalsChanged();
  const inputs = useRef(new Map<NumberField, HTMLInputElement>());
  const fields: NumberField[] = [
    ...basicFields,
    ...(isChild ? (["capillaryRefillSeconds"] as const) : []),
    ...(draft.onOxygen ? (["oxygenFlow"] as const) : []),
  ];
  const failure = record.error ? apiError(record.error) : null;
  const unlikely = unlikelyOf(
    Object.fromEntries(
      basicFields.map((field) => [field, field === "temperature" ? celsiusTyped(draft) : numberOf(draft[field])]),
    ),
    ageYears,
  ).filter(({ measure }) => !faultOf(draft, measure));
  const openQuestions = unlikely.filter(({ measure }) => !confirmed.includes(measure));
  const firstOpen = basicFields.find((field) => draft[field].trim() === "" || faultOf(draft, field) !== null);

  const set = (change: Partial<typeof draft>) => setDraft((before) => ({ ...before, ...change }));
  const save = () => {
    setIsTried(true);
    if (firstOpen) {
      inputs.current.get(firstOpen)?.focus();
      return;
    }
    if (openQuestions.length > 0 || record.isPending) return;
    record.mutate(
      { id: encounterId, ...inputOf(draft, { isChild }), confirmed: unlikely.map(({ measure }) => measure) },
      {
        onSuccess: (vitals) => {
          changed();
          setDraft({ ...emptyDraft, temperatureUnit: draft.temperatureUnit });
          setConfirmed([]);
          setIsTried(false);
          const score = vitals.news2 ?? vitals.pews;
          say(`Vital signs saved. ${vitals.news2 ? "NEWS2" : "PEWS"} ${score?.score}, ${score?.risk} risk.`);
          onSaved?.(vitals);
        },
      },
    );
  };
  const enter = (field: NumberField) => {
    const next = fields.slice(fields.indexOf(field) + 1).find((candidate) => draft[candidate].trim() === "");
    if (next && draft[field].trim() !== "") inputs.current.get(next)?.focus();
    else save();
  };

  return (
    <form
      className={classes.form}
      noValidate
      aria-label="Record vital signs"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <div className={classes.fields}>
        {fields.map((field) => (
          <VitalsField
            key={field}
            field={field}
            draft={draft}
            ageYears={ageYears}
            spo2Scale={spo2Scale}
            error={
              failure?.errors.find(({ path }) => path === field)?.message ??
              (isTried && field !== "oxygenFlow" && field !== "capillaryRefillSeconds" && draft[field].trim() === ""
                ? "Required."
                : null)
            }
            inputRef={(node) => void (node ? inputs.current.set(field, node) : inputs.current.delete(field))}
            onType={(text) => {
              set({ [field]: text });
              setConfirmed((before) => before.filter((name) => name !== field));
            }}
            onEnter={() => enter(field)}
          />
        ))}
      </div>
      <div className={classes.row}>
        <Checkbox
          label="On oxygen"
          checked={draft.onOxygen}
          onChange={(event) => set({ onOxygen: event.currentTarget.checked })}
        />
        <NativeSelect
          label="Consciousness"
          value={draft.consciousness}
          onChange={(event) => set({ consciousness: event.currentTarget.value as Consciousness })}
          data={consciousnessLevels.options.map((value) => ({ value, label: consciousnessNames[value] }))}
        />
        {isChild && (
          <NativeSelect
            label="Work of breathing"
            value={draft.respiratoryEffort}
            onChange={(event) => set({ respiratoryEffort: event.currentTarget.value as RespiratoryEffort | "" })}
            data={[
              { value: "", label: "Not assessed" },
              ...respiratoryEfforts.options.map((value) => ({ value, label: effortNames[value] })),
            ]}
          />
        )}
        <SegmentedControl
          aria-label="Unit of temperature"
          size="xs"
          value={draft.temperatureUnit}
          onChange={(unit) => set({ temperatureUnit: unit as "C" | "F" })}
          data={[
            { value: "C", label: "°C" },
            { value: "F", label: "°F" },
          ]}
        />
      </div>
      <LiveScoreText
        draft={draft}
        person={{ dateOfBirth: patient.dateOfBirth, today, isChild, spo2Scale }}
        ageYears={ageYears}
      />
      {unlikely.length > 0 && (
        <fieldset className={classes.unlikely} aria-label="Unlikely values">
          {unlikely.map(({ measure, low, high }) => (
            <Checkbox
              key={measure}
              label={`${limits[measure].name} ${draft[measure]} is unlikely (usual is ${low} to ${high} ${limits[measure].unit}). Checked, it is right.`}
              checked={confirmed.includes(measure)}
              onChange={({ currentTarget: { checked } }) =>
                setConfirmed((before) => (checked ? [...before, measure] : before.filter((name) => name !== measure)))
              }
            />
          ))}
        </fieldset>
      )}
      <FormError error={failure?.code === "validation-failed" ? null : failure} />
      <div className={classes.actions}>
        <Button type="submit" loading={record.isPending}>
          Save vital signs
        </Button>
        <span className={classes.hint}>
          {isTried && openQuestions.length > 0
            ? "Check the unlikely value and confirm it, or correct it."
            : "Enter goes on to the next field and saves at the end."}
        </span>
      </div>
    </form>
  );
}

const effortNames: Record<RespiratoryEffort, string> = {
  normal: "Normal",
  mild: "Mildly increased",
  moderate: "Moderately increased",
  severe: "Severe, or any apnoea",
};

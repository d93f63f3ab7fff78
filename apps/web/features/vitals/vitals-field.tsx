"use client";
import { flagOf, limits, referenceRange } from "@infirmary/shared/vitals";
import { TextInput } from "@mantine/core";
import type { KeyboardEvent, Ref } from "react";
import classes from "./vitals.module.css";
import { celsiusTyped, faultOf, type NumberField, numberOf, type VitalsDraft } from "./vitals-draft.ts";

type Props = {
  field: NumberField;
  draft: VitalsDraft;
  ageYears: number;
  spo2Scale: 1 | 2;
  error: string | null;
  inputRef: Ref<HTMLInputElement>;
  onType: (text: string) => void;
  onEnter: () => void;
};

/** One big field for the keypad: the unit beside its name, and below it the usual range, or the flag as soon as there is a number. */
export function VitalsField({ field, draft, ageYears, spo2Scale, error, inputRef, onType, onEnter }: Props) {
  const { name, short, unit } = limits[field];
  const shownUnit = field === "temperature" && draft.temperatureUnit === "F" ? "°F" : unit;
  const fault = faultOf(draft, field) ?? error;
  return (
    <div className={classes.field}>
      <TextInput
        ref={inputRef}
        label={
          <>
            {short} <span className={classes.unit}>{shownUnit}</span>
          </>
        }
        aria-label={`${name}, ${shownUnit}`}
        inputMode="decimal"
        autoComplete="off"
        maxLength={6}
        value={draft[field]}
        error={fault}
        onChange={(event) => onType(event.currentTarget.value)}
        onKeyDown={(event: KeyboardEvent) => {
          if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
          event.preventDefault();
          onEnter();
        }}
      />
      {!fault && (
        <p className={classes.under}>
          <Flag field={field} draft={draft} ageYears={ageYears} spo2Scale={spo2Scale} />
        </p>
      )}
    </div>
  );
}

function Flag({ field, draft, ageYears, spo2Scale }: Pick<Props, "field" | "draft" | "ageYears" | "spo2Scale">) {
  if (field === "oxygenFlow" || field === "capillaryRefillSeconds") return null;
  const range = referenceRange(field, ageYears, spo2Scale);
  const value = field === "temperature" ? celsiusTyped(draft) : numberOf(draft[field]);
  const usual = `usual ${range.low} to ${range.high}`;
  const flag = value === null ? null : flagOf(value, range);
  if (!flag) return usual;
  return (
    <>
      <span className={classes.flag}>{flag === "H" ? "H ↑ high" : "L ↓ low"}</span>, {usual}
    </>
  );
}

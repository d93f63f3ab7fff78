"use client";
import { formatDate } from "@infirmary/shared/core";
import { TextInput, type TextInputProps } from "@mantine/core";
import { readDate } from "./date-text.ts";

type Props = Omit<TextInputProps, "value" | "onChange"> & {
  /** The text as typed; `readDate` turns it into a date. */
  value?: string;
  onChange?: (text: string) => void;
  /** Said below once the date is understood, as the age. */
  echo?: (date: string) => string;
};

/** A date typed as text in any unambiguous form; leaving the field writes it out as `31-Jan-1980`. */
export function DateField({ value = "", onChange, echo, description, ...props }: Props) {
  const reading = value.trim() === "" ? null : readDate(value);
  const understood = reading && "date" in reading ? reading.date : null;
  return (
    <TextInput
      description={understood && echo ? echo(understood) : description}
      placeholder="31-Jan-1980"
      {...props}
      autoComplete="off"
      maxLength={40}
      value={value}
      onChange={(event) => onChange?.(event.currentTarget.value)}
      onBlur={(event) => {
        if (understood) onChange?.(formatDate(understood));
        props.onBlur?.(event);
      }}
    />
  );
}

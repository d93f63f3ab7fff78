"use client";
import { formatDate } from "@infirmary/shared/core";
import type { TextInputProps } from "@mantine/core";
import { useState } from "react";
import { DateField } from "./date-field.tsx";
import { readDate } from "./date-text.ts";

type Props = Omit<TextInputProps, "value" | "onChange"> & {
  /** `YYYY-MM-DD`, or empty. */
  value?: string;
  /** Called with a date that exists, or with nothing while none is typed. */
  onChange?: (date: string) => void;
};

/** A calendar day as `DateField` takes it, its value an ISO date: what is half typed changes nothing yet. */
export function DayField({ value = "", onChange, ...props }: Props) {
  // What is being typed, and the day it was typed over: another day from outside replaces it.
  const [typed, setTyped] = useState<{ text: string; over: string } | null>(null);
  const shown = typed?.over === value ? typed.text : value === "" ? "" : formatDate(value);
  return (
    <DateField
      placeholder="14-Mar-2026"
      {...props}
      value={shown}
      onChange={(text) => {
        const read = readDate(text);
        const date = "date" in read ? read.date : null;
        setTyped({ text, over: date ?? value });
        if (date !== null && date !== value) onChange?.(date);
      }}
    />
  );
}

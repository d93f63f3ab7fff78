"use client";
import { type UseFormInput, type UseFormReturnType, useForm } from "@mantine/form";
import { useState } from "react";
import { sortFaults } from "#ui/field-errors.ts";
import { type ApiError, apiError } from "../trpc/api-error.ts";

export type ApiForm<Values extends Record<string, unknown>> = UseFormReturnType<Values> & {
  /** What the API answered to the last try; null while nothing went wrong. */
  apiError: ApiError | null;
  /** Faults of fields that are not on the form. */
  otherFaults: string[];
  /** Puts the last answer aside, as when its dialog is closed. */
  forgetError: () => void;
  /** Whether a try is under way. */
  isBusy: boolean;
  /** Runs a save: faults land at their fields, the first gets the cursor, and what was typed stays. */
  save: (task: (values: Values) => Promise<unknown>) => (event?: React.FormEvent<HTMLFormElement>) => void;
};

/** A form whose faults come from the API (and, before that, from `validate`). Nothing typed is ever lost by a failure. */
export function useApiForm<Values extends Record<string, unknown>>(input: UseFormInput<Values>): ApiForm<Values> {
  const form = useForm<Values>({ ...input, onSubmitPreventDefault: "always" });
  const [error, setError] = useState<ApiError | null>(null);
  const [otherFaults, setOtherFaults] = useState<string[]>([]);
  const [isBusy, setIsBusy] = useState(false);

  const focusFirst = (faults: Record<string, unknown>) => {
    const first = Object.keys(form.getValues()).find((name) => name in faults);
    if (first) form.getInputNode(first)?.focus();
  };
  const run = async (task: (values: Values) => Promise<unknown>, values: Values) => {
    setIsBusy(true);
    setError(null);
    setOtherFaults([]);
    try {
      await task(values);
    } catch (thrown) {
      const answered = apiError(thrown);
      const { byField, rest } = sortFaults(answered.errors, Object.keys(values));
      form.setErrors(byField);
      setError(answered);
      setOtherFaults(rest);
      focusFirst(byField);
    } finally {
      setIsBusy(false);
    }
  };
  return {
    ...form,
    apiError: error,
    otherFaults,
    forgetError: () => setError(null),
    isBusy,
    save: (task) => form.onSubmit((values) => void run(task, values), focusFirst),
  };
}

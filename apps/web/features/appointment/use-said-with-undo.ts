"use client";
import type { Appointment } from "@infirmary/shared/appointment";
import { useMutation } from "@tanstack/react-query";
import { sayWithUndo } from "#ui/toast-store.ts";
import { useFreshCalendar, useUndo } from "./queries.ts";

/** Says what was done with an appointment and offers to take it back for ten seconds. */
export function useSaidWithUndo() {
  const { mutateAsync } = useMutation(useUndo());
  const refresh = useFreshCalendar();
  return (text: string, { id, version }: Appointment) => {
    void refresh();
    sayWithUndo(text, () => mutateAsync({ id, version }).finally(refresh));
  };
}

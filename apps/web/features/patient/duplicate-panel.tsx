"use client";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { DuplicateList } from "./duplicate-list.tsx";
import { lookup } from "./duplicate-lookup.ts";
import type { PatientDraft } from "./patient-draft.ts";
import classes from "./patient-form.module.css";
import { useDuplicates } from "./queries.ts";

/** Looks while a new patient is typed whether the person is registered already. It advises; it never blocks. */
export function DuplicatePanel({ draft }: { draft: PatientDraft }) {
  const [input] = useDebouncedValue(lookup(draft), 300);
  const found = useQuery(useDuplicates(input));
  const duplicates = input ? (found.data?.items ?? []) : [];
  return (
    <aside className={classes.aside} aria-label="Already registered?">
      <h2 className={classes.asideTitle}>Already registered?</h2>
      <p role="status" className={classes.asideHint}>
        {message(input !== null, duplicates.length, found.isError, found.data !== undefined)}
      </p>
      <DuplicateList duplicates={duplicates} />
    </aside>
  );
}

function message(hasInput: boolean, count: number, isError: boolean, isAnswered: boolean): string {
  if (!hasInput) return "As you type, people like this who are registered already are listed here.";
  if (isError) return "Could not look for people like this. Search before registering.";
  if (!isAnswered) return "Looking for people like this.";
  if (count === 0) return "Nobody like this is registered.";
  return count === 1 ? "One registered person is like this:" : `${count} registered people are like this:`;
}

"use client";
import type { Encounter } from "@infirmary/shared/encounter";
import { Button, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { ErrorState } from "#ui/error-state.tsx";
import { Kbd } from "#ui/kbd.tsx";
import { say } from "#ui/toast-store.ts";
import classes from "./encounter.module.css";
import { useWriteAssessment, useWritePlan } from "./queries.ts";
import { useSettle } from "./use-settle.ts";

type Props = { encounter: Encounter; field: "assessment" | "plan" };
const labels = { assessment: "Assessment", plan: "Plan" } as const;

/** The field in which the doctor writes the assessment or the plan. */
export function ClinicalTextEditor({ encounter, field }: Props) {
  const settle = useSettle();
  const assessment = useMutation(useWriteAssessment());
  const plan = useMutation(useWritePlan());
  const { isPending, error } = field === "assessment" ? assessment : plan;
  const saved = encounter[field] ?? "";
  const [typed, setTyped] = useState(saved);
  const isChanged = typed.trim() !== saved;
  const done = {
    onSuccess: (visit: Encounter) => {
      settle(visit);
      say(`${labels[field]} saved.`);
    },
  };
  const save = () => {
    if (!isChanged || typed.trim() === "" || isPending) return;
    // No version: the visit moves on with every vital sign and diagnosis, and this text has one author, the doctor in charge.
    if (field === "assessment") assessment.mutate({ id: encounter.id, assessment: typed.trim() }, done);
    else plan.mutate({ id: encounter.id, plan: typed.trim() }, done);
  };
  return (
    <form
      className={classes.written}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Textarea
        aria-label={labels[field]}
        autosize={false}
        rows={5}
        maxLength={10_000}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) save();
        }}
      />
      {error && <ErrorState error={apiError(error)} isCompact />}
      <div className={classes.actions}>
        <Button type="submit" variant="default" loading={isPending} disabled={!isChanged || typed.trim() === ""}>
          Save {field}
        </Button>
        <span className={classes.hint}>
          {isChanged ? (
            <>
              Not saved yet. <Kbd keys="mod+Enter" /> saves.
            </>
          ) : saved ? (
            "Saved."
          ) : (
            ""
          )}
        </span>
      </div>
    </form>
  );
}

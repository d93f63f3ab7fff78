"use client";
import { uuid } from "@infirmary/shared/core";
import type { ExplainInput } from "@infirmary/shared/role";
import { Button, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { ErrorState } from "#ui/error-state.tsx";
import { useExplanation, useProcedures, useStaff } from "./queries.ts";
import classes from "./role.module.css";

/** A person, a step and perhaps a record: may they, and which rule says so. */
export function Explain() {
  const staff = useQuery(useStaff());
  const procedures = useQuery(useProcedures());
  const [userId, setUserId] = useState<string | null>(null);
  const [procedure, setProcedure] = useState<string | null>(null);
  const [record, setRecord] = useState("");
  const [asked, setAsked] = useState<ExplainInput | null>(null);
  const answer = useQuery(useExplanation(asked));
  const recordId = record.trim().split("/").at(-1) ?? "";
  const isRecord = recordId === "" || uuid.safeParse(recordId).success;
  return (
    <>
      <form
        className={classes.explain}
        onSubmit={(event) => {
          event.preventDefault();
          if (userId && procedure && isRecord) setAsked({ userId, procedure, ...(recordId ? { recordId } : {}) });
        }}
      >
        <Select
          label="Who"
          searchable
          data={staff.data?.items.map(({ id, fullName }) => ({ value: id, label: fullName })) ?? []}
          value={userId}
          onChange={setUserId}
        />
        <Select
          label="What"
          description="As the audit log names it."
          searchable
          data={procedures.data?.items ?? []}
          value={procedure}
          onChange={setProcedure}
        />
        <TextInput
          label="Record"
          description="Its id or address, where it was about one."
          value={record}
          error={isRecord ? null : "This is no id of a record."}
          onChange={(event) => setRecord(event.currentTarget.value)}
        />
        <Button type="submit" variant="default" disabled={!userId || !procedure || !isRecord}>
          Explain
        </Button>
      </form>
      {asked && answer.error && <ErrorState error={apiError(answer.error)} isCompact />}
      {asked && answer.data && (
        <div className={classes.answer} role="status">
          <p>
            <strong>{answer.data.answer}</strong>
          </p>
          {answer.data.steps.length > 0 && (
            <ol className={classes.steps}>
              {answer.data.steps.map(({ rule, outcome, line }) => (
                <li key={rule}>
                  {rule}: {outcome === "applies" ? "applies" : "does not apply"} (line {line} of the policy)
                </li>
              ))}
            </ol>
          )}
        </div>
      )}
    </>
  );
}

"use client";
import type { DiagnosisCode, DiagnosisRank, EncounterDiagnosis } from "@infirmary/shared/diagnosis";
import type { Encounter } from "@infirmary/shared/encounter";
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { ErrorState } from "#ui/error-state.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import { say, sayWithUndo } from "#ui/toast-store.ts";
import classes from "./diagnosis.module.css";
import {
  useAddDiagnosis,
  useAddProblem,
  useDiagnosesChanged,
  useFavourites,
  useKeepFavourite,
  useWithdrawDiagnosis,
} from "./queries.ts";

const CodeSearch = dynamic(() => import("./code-search.tsx").then((module) => module.CodeSearch));

/** The diagnoses of a visit, the primary one first; the first that is written is the primary one. */
export function DiagnosisList({ encounter }: { encounter: Encounter }) {
  const { can } = useMe();
  const changed = useDiagnosesChanged();
  const add = useMutation(useAddDiagnosis());
  const withdraw = useMutation(useWithdrawDiagnosis());
  const { id, diagnoses } = encounter;
  const mayWrite = encounter.status === "IN_CONSULT" && can("diagnosis.write");
  const error = add.error ?? withdraw.error;
  const put = (code: string, rank: DiagnosisRank) => add.mutateAsync({ id, code, rank }).then(changed);
  const pick = ({ code }: DiagnosisCode) =>
    void put(code, diagnoses.some(({ rank }) => rank === "primary") ? "secondary" : "primary").catch(() => undefined);
  const remove = (diagnosis: EncounterDiagnosis) =>
    withdraw.mutate(
      { id, diagnosisId: diagnosis.id },
      {
        onSuccess: (visit) => {
          changed(visit);
          sayWithUndo(`Taken off: ${diagnosis.title}.`, () => put(diagnosis.code, diagnosis.rank));
        },
      },
    );
  return (
    <div className={classes.stack} id="diagnoses">
      {diagnoses.length === 0 && !mayWrite && (
        <p className={classes.hint}>
          {encounter.status === "COMPLETED" ? "No diagnosis was written." : "Written in the consultation."}
        </p>
      )}
      {diagnoses.length > 0 && (
        <ul className={classes.list} aria-label="Diagnoses">
          {diagnoses.map((diagnosis) => (
            <li key={diagnosis.id} className={classes.item}>
              <StatusBadge tone={diagnosis.rank === "primary" ? "accent" : "muted"}>
                {diagnosis.rank === "primary" ? "Primary" : "Secondary"}
              </StatusBadge>
              <span className={classes.title}>
                {diagnosis.title} <span className={classes.code}>{diagnosis.code}</span>
              </span>
              {can("diagnosis.write") && <Keep encounter={encounter} code={diagnosis.code} />}
              {mayWrite && diagnosis.rank === "secondary" && (
                <Button
                  size="compact-sm"
                  variant="default"
                  onClick={() => void put(diagnosis.code, "primary").catch(() => undefined)}
                >
                  Make primary
                </Button>
              )}
              {mayWrite && (
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={`Take off ${diagnosis.title}`}
                  onClick={() => remove(diagnosis)}
                >
                  Take off
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {error && <ErrorState error={apiError(error)} isCompact />}
      {mayWrite && (
        <CodeSearch label={diagnoses.length === 0 ? "Primary diagnosis" : "Another diagnosis"} onPick={pick} />
      )}
    </div>
  );
}

/** Keeps a diagnosis at hand for next time, and puts it on the list of problems that outlives the visit. */
function Keep({ encounter, code }: { encounter: Encounter; code: string }) {
  const changed = useDiagnosesChanged();
  const favourites = useQuery(useFavourites());
  const keep = useMutation(useKeepFavourite());
  const addProblem = useMutation(useAddProblem());
  const isKept = favourites.data?.items.some((item) => item.code === code) ?? false;
  return (
    <>
      <Button
        size="compact-sm"
        variant="default"
        aria-pressed={isKept}
        loading={keep.isPending}
        onClick={() => keep.mutate({ code, isKept: !isKept }, { onSuccess: () => changed() })}
      >
        {isKept ? "Favourite ✓" : "Favourite"}
      </Button>
      <Button
        size="compact-sm"
        variant="default"
        loading={addProblem.isPending}
        onClick={() =>
          addProblem.mutate(
            { patientId: encounter.patientId, encounterId: encounter.id, code },
            {
              onSuccess: () => {
                changed();
                say("On the problem list.");
              },
              onError: (error) => {
                const { code: reason, title } = apiError(error);
                say(reason === "already-exists" ? "It is on the problem list already." : title);
              },
            },
          )
        }
      >
        To problem list
      </Button>
    </>
  );
}

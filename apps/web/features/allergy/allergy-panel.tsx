"use client";
import { type Allergy, type AllergyList, severityNames } from "@infirmary/shared/allergy";
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { DateTime } from "#ui/date-time.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import { say } from "#ui/toast-store.ts";
import classes from "./allergy.module.css";
import { useAllergies, useAllergiesChanged, useNoneKnown } from "./queries.ts";

const RefuteAllergy = dynamic(() => import("./refute-allergy.tsx").then((module) => module.RefuteAllergy));

const AddAllergy = dynamic(() => import("./add-allergy.tsx").then((module) => module.AddAllergy));

/** A patient's allergies in one of three states that never look alike: nobody asked, none is known, or the list. */
export function AllergyPanel({ patientId }: { patientId: string }) {
  const { can } = useMe();
  const allergies = useQuery(useAllergies(patientId));
  const changed = useAllergiesChanged(patientId);
  const noneKnown = useMutation(useNoneKnown());
  const [isAdding, setIsAdding] = useState(false);
  if (allergies.error && !allergies.data)
    return <ErrorState error={apiError(allergies.error)} onRetry={() => void allergies.refetch()} isCompact />;
  if (!allergies.data) return <p className={classes.dim}>Looking up allergies…</p>;
  const list = allergies.data;
  return (
    <div className={classes.stack} id="allergies">
      <State list={list} />
      {list.items.length > 0 && (
        <ul className={classes.list} aria-label="Allergies">
          {list.items.map((allergy) => (
            <Item key={allergy.id} allergy={allergy} patientId={patientId} />
          ))}
        </ul>
      )}
      {noneKnown.error && <ErrorState error={apiError(noneKnown.error)} isCompact />}
      {can("allergy.write") &&
        (isAdding ? (
          <AddAllergy patientId={patientId} onDone={() => setIsAdding(false)} />
        ) : (
          <div className={classes.actions}>
            <Button variant="default" size="compact-sm" onClick={() => setIsAdding(true)}>
              Add allergy
            </Button>
            {list.items.length === 0 && list.status !== "NONE_KNOWN" && (
              <Button
                variant="default"
                size="compact-sm"
                loading={noneKnown.isPending}
                onClick={() =>
                  noneKnown.mutate(
                    { patientId },
                    {
                      onSuccess: (asked) => {
                        changed(asked);
                        say("Asked: no known allergies.");
                      },
                    },
                  )
                }
              >
                Asked: none known
              </Button>
            )}
          </div>
        ))}
    </div>
  );
}

function State({ list: { status, askedAt, askedByName } }: { list: AllergyList }) {
  if (status === "NOT_ASKED") return <p className={classes.notAsked}>Not asked yet</p>;
  const asked = askedAt && (
    <span className={classes.dim}>
      {" "}
      asked <DateTime at={askedAt} /> by {askedByName}
    </span>
  );
  return (
    <p className={classes.none}>
      {status === "NONE_KNOWN" && "No known allergies,"}
      {asked}
    </p>
  );
}

function Item({ allergy, patientId }: { allergy: Allergy; patientId: string }) {
  const { can } = useMe();
  const [isRefuting, setIsRefuting] = useState(false);
  return (
    <li className={classes.item}>
      <span className={classes.substance}>{allergy.substance}</span>
      <StatusBadge tone={allergy.severity === "severe" ? "abnormal" : "plain"}>
        {severityNames[allergy.severity]}
      </StatusBadge>
      {can("allergy.write") && (
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`Take ${allergy.substance} off the list`}
          onClick={() => setIsRefuting(true)}
        >
          Wrong
        </Button>
      )}
      {allergy.reaction && <span className={classes.dim}>{allergy.reaction}</span>}
      {isRefuting && <RefuteAllergy allergy={allergy} patientId={patientId} onClose={() => setIsRefuting(false)} />}
    </li>
  );
}

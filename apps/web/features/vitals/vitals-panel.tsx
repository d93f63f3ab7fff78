"use client";
import { Button } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { PageSkeleton } from "#ui/page-skeleton.tsx";
import { say } from "#ui/toast-store.ts";
import { useSetScale, useVitals, useVitalsChanged } from "./queries.ts";
import classes from "./vitals.module.css";
import { VitalsTable } from "./vitals-table.tsx";

const VitalsPlots = dynamic(() => import("./vitals-plots.tsx").then((module) => module.VitalsPlots));
const VitalsForm = dynamic(() => import("./vitals-form.tsx").then((module) => module.VitalsForm));

type Props = {
  patient: { id: string; dateOfBirth: string };
  /** With it only this visit's are shown. */
  encounterId?: string;
  /** Offers to record in that visit. */
  isOpen?: boolean;
  /** How many rows the table shows; the plots show all. */
  rows?: number;
};

/** A patient's vital signs: the form where they may be taken, how they went, and the numbers. */
export function VitalsPanel({ patient, encounterId, isOpen = false, rows = 50 }: Props) {
  const { can } = useMe();
  const vitals = useQuery(useVitals({ patientId: patient.id, ...(encounterId ? { encounterId } : {}) }));
  if (vitals.error && !vitals.data)
    return <ErrorState error={apiError(vitals.error)} onRetry={() => void vitals.refetch()} isCompact />;
  if (!vitals.data) return <PageSkeleton />;
  const { items, spo2Scale } = vitals.data;
  const mayRecord = isOpen && encounterId !== undefined && can("vitals.record");
  return (
    <div className={classes.stack}>
      {mayRecord && <VitalsForm encounterId={encounterId} patient={patient} spo2Scale={spo2Scale} />}
      {can("vitals.scale") && <Scale patientId={patient.id} spo2Scale={spo2Scale} />}
      {items.length === 0 ? (
        !mayRecord && <EmptyState title="No vital signs yet." hint="They are taken when the patient has arrived." />
      ) : (
        <>
          <VitalsPlots items={items} dateOfBirth={patient.dateOfBirth} />
          <VitalsTable items={items.slice(0, rows)} dateOfBirth={patient.dateOfBirth} />
        </>
      )}
    </div>
  );
}

/** Which oxygen saturations are scored as usual; scale 2 is a doctor's decision for one patient. */
function Scale({ patientId, spo2Scale }: { patientId: string; spo2Scale: 1 | 2 }) {
  const changed = useVitalsChanged();
  const set = useMutation(useSetScale());
  const other = spo2Scale === 1 ? 2 : 1;
  return (
    <div className={classes.actions}>
      <span className={classes.hint}>
        {spo2Scale === 1
          ? "Oxygen saturation is scored by NEWS2 scale 1."
          : "Oxygen saturation is scored by NEWS2 scale 2: target 88 to 92 %, for hypercapnic respiratory failure."}
      </span>
      <Button
        size="compact-sm"
        variant="default"
        loading={set.isPending}
        onClick={() =>
          set.mutate(
            { patientId, spo2Scale: other },
            {
              onSuccess: () => {
                changed();
                say(`Scored by scale ${other} from now on.`);
              },
            },
          )
        }
      >
        Use scale {other}
      </Button>
      {set.error && <ErrorState error={apiError(set.error)} isCompact />}
    </div>
  );
}

"use client";
import type { GridRow } from "@infirmary/shared/lab-result";
import { Button, Checkbox } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { ErrorState } from "#ui/error-state.tsx";
import { PageSkeleton } from "#ui/page-skeleton.tsx";
import { say } from "#ui/toast-store.ts";
import { GridLine } from "./grid-row.tsx";
import classes from "./lab-result.module.css";
import { useGrid, useLabResultKey, useReleaseOrder, useVerifyOrder } from "./queries.ts";

const CorrectDialog = dynamic(() => import("./correct-dialog.tsx").then((module) => module.CorrectDialog));

/** The values of an order, line by line: entered here, verified by a second person, released to the doctors. */
export function ResultEntry({ orderId }: { orderId: string }) {
  const { me } = useMe();
  const queries = useQueryClient();
  const queryKey = useLabResultKey();
  const query = useQuery(useGrid(orderId));
  const [isPreliminary, setIsPreliminary] = useState(false);
  const [correcting, setCorrecting] = useState<GridRow | null>(null);
  const refresh = () => void queries.invalidateQueries({ queryKey });
  const verify = useMutation({
    ...useVerifyOrder(),
    onSuccess: ({ verified }) => {
      say(`${verified} verified.`);
      refresh();
    },
  });
  const release = useMutation({
    ...useReleaseOrder(),
    onSuccess: ({ released }) => {
      say(`${released} released. The doctor sees them now.`);
      refresh();
    },
  });
  if (!query.data) {
    return query.error ? (
      <ErrorState error={apiError(query.error)} onRetry={() => void query.refetch()} />
    ) : (
      <PageSkeleton />
    );
  }
  const { items } = query.data;
  const toVerify = items.filter(({ result }) => result?.status === "ENTERED" && result.enteredById !== me.id).length;
  const toRelease = items.filter(({ result }) => result?.status === "VERIFIED").length;
  const error = verify.error ?? release.error;
  return (
    <>
      <div className={classes.scroll}>
        <table className={classes.grid}>
          <caption hidden>Results of the order</caption>
          <thead>
            <tr>
              {["Test", "Value", "Unit", "Flag", "Range", "Last value", "Status", ""].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((row) => (
              <GridLine
                key={row.orderItemId}
                row={row}
                isPreliminary={isPreliminary}
                onChanged={refresh}
                onCorrect={setCorrecting}
              />
            ))}
          </tbody>
        </table>
      </div>
      {error && <ErrorState error={apiError(error)} isCompact />}
      <div className={classes.filters}>
        <Checkbox
          label="Show what I enter to the doctor at once, as preliminary"
          checked={isPreliminary}
          onChange={(event) => setIsPreliminary(event.currentTarget.checked)}
        />
        <span className={classes.actions}>
          {toVerify > 0 && (
            <Button loading={verify.isPending} onClick={() => verify.mutate({ orderId })}>
              {toVerify === 1 ? "Verify 1 value" : `Verify ${toVerify} values`}
            </Button>
          )}
          {toRelease > 0 && (
            <Button loading={release.isPending} onClick={() => release.mutate({ orderId })}>
              {toRelease === 1 ? "Release 1 value" : `Release ${toRelease} values`}
            </Button>
          )}
        </span>
      </div>
      {correcting && <CorrectDialog row={correcting} onDone={refresh} onClose={() => setCorrecting(null)} />}
    </>
  );
}

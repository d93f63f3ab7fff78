"use client";
import { rejectReasons, type SpecimenLabel, specimenStatusNames } from "@infirmary/shared/specimen";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { DateTime } from "#ui/date-time.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import { useSpecimensOfOrder } from "./queries.ts";
import classes from "./specimen.module.css";

const CollectDialog = dynamic(() => import("./collect-dialog.tsx").then((module) => module.CollectDialog));
const LabelDialog = dynamic(() => import("./label-dialog.tsx").then((module) => module.LabelDialog));

/** The tubes of an order: where each is, why one was rejected, and the way to collect, or to collect again. */
export function OrderSpecimens({
  orderId,
  patientId,
  banner,
}: {
  orderId: string;
  patientId: string;
  banner: ReactNode;
}) {
  const { can } = useMe();
  const query = useQuery(useSpecimensOfOrder(orderId, patientId));
  const [collecting, setCollecting] = useState<{ replacesId: string | null } | null>(null);
  const [label, setLabel] = useState<SpecimenLabel | null>(null);
  if (query.error && !query.data)
    return <ErrorState error={apiError(query.error)} isCompact onRetry={() => void query.refetch()} />;
  const { items = [], collectable = [] } = query.data ?? {};
  const mayCollect = can("specimen.collect") && collectable.some(({ id }) => id === orderId);
  const isOut = items.every(({ status }) => status === "REJECTED" || status === "DISCARDED");
  return (
    <>
      {query.data && items.length === 0 && <p className={classes.dim}>Nothing collected yet.</p>}
      <ul className={classes.tubes}>
        {items.map((tube) => (
          <li key={tube.id} className={classes.tube}>
            <Link href={`/specimens/${tube.id}`}>{tube.barcode}</Link>
            <StatusBadge tone={tube.status === "REJECTED" ? "abnormal" : "plain"}>
              {specimenStatusNames[tube.status]}
            </StatusBadge>
            <span className={classes.dim}>
              {tube.rejectReason ? rejectReasons[tube.rejectReason] : (tube.containerName ?? "Tube")} ·{" "}
              <DateTime at={tube.rejectedAt ?? tube.receivedAt ?? tube.collectedAt} />
            </span>
            {tube.status === "REJECTED" && !tube.replacedById && mayCollect && (
              <Button size="compact-sm" onClick={() => setCollecting({ replacesId: tube.id })}>
                Collect again
              </Button>
            )}
          </li>
        ))}
      </ul>
      {mayCollect && isOut && !items.some(({ status, replacedById }) => status === "REJECTED" && !replacedById) && (
        <Button size="compact-sm" onClick={() => setCollecting({ replacesId: null })}>
          Collect specimen
        </Button>
      )}
      {collecting && (
        <CollectDialog
          orderId={orderId}
          orders={collectable}
          replacesId={collecting.replacesId}
          banner={banner}
          onLabel={setLabel}
          onClose={() => setCollecting(null)}
        />
      )}
      {label && <LabelDialog label={label} onClose={() => setLabel(null)} />}
    </>
  );
}

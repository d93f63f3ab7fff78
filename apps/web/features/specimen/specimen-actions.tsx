"use client";
import {
  type SpecimenDetail,
  type SpecimenLabel,
  type SpecimenStatus,
  specimenMoves,
} from "@infirmary/shared/specimen";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { ErrorState } from "#ui/error-state.tsx";
import { useLabel, useReceive } from "./queries.ts";
import { useTube } from "./use-tube.ts";

const LabelDialog = dynamic(() => import("./label-dialog.tsx").then((module) => module.LabelDialog));
const StepDialog = dynamic(() => import("./step-dialog.tsx").then((module) => module.StepDialog));

/** The steps that can follow for this tube and this person, and no others. */
export function SpecimenActions({ tube }: { tube: SpecimenDetail }) {
  const { can } = useMe();
  const [open, setOpen] = useState<"reject" | "store" | "discard" | "aliquot" | null>(null);
  const [label, setLabel] = useState<SpecimenLabel | null>(null);
  const { settle } = useTube();
  const print = useMutation({ ...useLabel(), onSuccess: setLabel });
  const receive = useMutation({ ...useReceive(), onSuccess: (moved: SpecimenDetail) => settle(moved, "Received") });
  const moves: readonly SpecimenStatus[] = can("specimen.process") ? specimenMoves[tube.status] : [];
  const error = print.error ?? receive.error;
  const button = (step: NonNullable<typeof open>, words: string) => (
    <Button variant="default" onClick={() => setOpen(step)}>
      {words}
    </Button>
  );
  return (
    <>
      {error && <ErrorState error={apiError(error)} isCompact />}
      {can("specimen.collect") && (
        <Button variant="default" loading={print.isPending} onClick={() => print.mutate({ id: tube.id })}>
          Print label
        </Button>
      )}
      {moves.includes("DISCARDED") && button("discard", "Discard")}
      {moves.includes("STORED") && button("store", "Store")}
      {can("specimen.process") &&
        (tube.status === "RECEIVED" || tube.status === "STORED") &&
        button("aliquot", "Divide")}
      {moves.includes("REJECTED") && button("reject", "Reject")}
      {moves.includes("RECEIVED") && (
        <Button loading={receive.isPending} onClick={() => receive.mutate({ id: tube.id, version: tube.version })}>
          {tube.status === "STORED" ? "Take out" : "Receive"}
        </Button>
      )}
      {label && <LabelDialog label={label} onClose={() => setLabel(null)} />}
      {open && <StepDialog step={open} tube={tube} onClose={() => setOpen(null)} />}
    </>
  );
}

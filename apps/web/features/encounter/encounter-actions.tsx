"use client";
import { type Encounter, nextEncounterStatuses } from "@infirmary/shared/encounter";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { type ReactNode, useState } from "react";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { ErrorState } from "#ui/error-state.tsx";
import { useShortcut } from "#ui/shortcut.tsx";
import { say } from "#ui/toast-store.ts";
import { useCheckIn, useStartConsult } from "./queries.ts";
import { useSettle } from "./use-settle.ts";

const CancelEncounter = dynamic(() => import("./cancel-encounter.tsx").then((module) => module.CancelEncounter));

/** The steps this person may take with the visit, and no others. Closing has a place of its own, with what is open. */
export function EncounterActions({ encounter, banner }: { encounter: Encounter; banner: ReactNode }) {
  const { permissions } = useMe();
  const settle = useSettle();
  const checkIn = useMutation(useCheckIn());
  const startConsult = useMutation(useStartConsult());
  const [isCancelling, setIsCancelling] = useState(false);
  const { id, version } = encounter;
  const steps = nextEncounterStatuses(encounter.status, permissions);
  const error = checkIn.error ?? startConsult.error;
  const done = (text: string) => ({
    onSuccess: (visit: Encounter) => {
      settle(visit);
      say(text);
    },
  });
  const arrive = () => checkIn.mutate({ id, version }, done("Checked in."));
  const start = () => startConsult.mutate({ id, version }, done("Consultation started."));
  useShortcut({ keys: "i", label: "Check in", group: "Visit" }, arrive, steps.includes("ARRIVED"));
  useShortcut({ keys: "s", label: "Start the consultation", group: "Visit" }, start, steps.includes("IN_CONSULT"));
  return (
    <>
      {error && <ErrorState error={apiError(error)} isCompact />}
      {steps.includes("CANCELLED") && (
        <Button variant="default" onClick={() => setIsCancelling(true)}>
          Cancel visit
        </Button>
      )}
      {steps.includes("ARRIVED") && (
        <Button loading={checkIn.isPending} onClick={arrive} title="Shortcut: i">
          Check in
        </Button>
      )}
      {steps.includes("IN_CONSULT") && (
        <Button loading={startConsult.isPending} onClick={start} title="Shortcut: s">
          Start consultation
        </Button>
      )}
      {isCancelling && <CancelEncounter encounter={encounter} banner={banner} onClose={() => setIsCancelling(false)} />}
    </>
  );
}

"use client";
import type { QueueEntry, QueueStep } from "@infirmary/shared/queue";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { type ApiError, apiError } from "#lib/trpc/api-error.ts";
import { say, sayWithUndo } from "#ui/toast-store.ts";
import { useCallNext, useFreshQueue, useStepInQueue, useUndoInQueue } from "./queries.ts";

/** The steps of the queue: each is said and can be taken back for ten seconds; a refusal fetches the queue as it is now. */
export function useQueueSteps() {
  const next = useMutation(useCallNext());
  const step = useMutation(useStepInQueue());
  const { mutateAsync: undo } = useMutation(useUndoInQueue());
  const refresh = useFreshQueue();
  const [error, setError] = useState<ApiError | null>(null);
  const run = async (task: () => Promise<void>) => {
    setError(null);
    try {
      await task();
    } catch (thrown) {
      setError(apiError(thrown));
    } finally {
      void refresh();
    }
  };
  const done = (text: string, { id, version }: QueueEntry) =>
    sayWithUndo(text, () => undo({ id, version }).finally(refresh));
  return {
    error,
    isBusy: next.isPending || step.isPending,
    callNext: (servicePointId: string, place: string) =>
      void run(async () => {
        const { entry } = await next.mutateAsync({ servicePointId });
        if (entry) done(`${entry.ticket} called to ${place}.`, entry);
        else say(`Nobody waits for ${place}.`);
      }),
    step: ({ id, version }: QueueEntry, change: Omit<QueueStep, "id" | "version">, text: string) =>
      void run(async () => done(text, await step.mutateAsync({ id, version, ...change }))),
  };
}

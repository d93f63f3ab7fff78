"use client";
import type { TimelineType } from "@infirmary/shared/timeline";
import { useTRPC } from "#lib/trpc/client.ts";

/** How many a page of the timeline shows. */
const perPage = 50;

type Of = { patientId: string } | { encounterId: string };

/** What happened, the latest first, page by page. */
export function useTimeline(of: Of, type: TimelineType | undefined) {
  const { timeline } = useTRPC();
  const filter = { limit: perPage, ...(type ? { type } : {}) };
  const paging = { getNextPageParam: ({ nextCursor }: { nextCursor: string | null }) => nextCursor ?? undefined };
  const ofPatient = timeline.ofPatient.infiniteQueryOptions(
    { id: "patientId" in of ? of.patientId : "", ...filter },
    paging,
  );
  const ofEncounter = timeline.ofEncounter.infiniteQueryOptions(
    { id: "encounterId" in of ? of.encounterId : "", ...filter },
    paging,
  );
  return { ofPatient, ofEncounter };
}

"use client";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTimeline } from "./queries.ts";
import { TimelineList } from "./timeline-list.tsx";

/** What happened in a visit, the latest first, for the side of its screen. */
export function EncounterTimeline({ encounterId }: { encounterId: string }) {
  const { ofEncounter } = useTimeline({ encounterId }, undefined);
  return <TimelineList query={useInfiniteQuery(ofEncounter)} isNarrow />;
}

"use client";
import { type TimelineType, timelineTypeNames, timelineTypes } from "@infirmary/shared/timeline";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { FilterTabs } from "#ui/filter-tabs.tsx";
import { useTimeline } from "./queries.ts";
import classes from "./timeline.module.css";
import { TimelineList } from "./timeline-list.tsx";

type Tab = TimelineType | "all";
const tabs: { key: Tab; label: string }[] = [
  { key: "all", label: "All" },
  ...timelineTypes.options.map((key) => ({ key, label: timelineTypeNames[key] })),
];

/** Everything that happened to a patient, the latest first, by kind. */
export function PatientTimeline({ patientId }: { patientId: string }) {
  const [tab, setTab] = useState<Tab>("all");
  const { ofPatient } = useTimeline({ patientId }, tab === "all" ? undefined : tab);
  return (
    <div className={classes.stack}>
      <FilterTabs label="Kind" tabs={tabs} chosen={tab} onChoose={setTab} />
      <TimelineList query={useInfiniteQuery(ofPatient)} />
    </div>
  );
}

"use client";
import type { Encounter, EncounterStatus } from "@infirmary/shared/encounter";
import { useQuery } from "@tanstack/react-query";
import { todayIn } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { DataTable } from "#ui/data-table.tsx";
import { FilterTabs } from "#ui/filter-tabs.tsx";
import { useListState } from "#ui/list-state.ts";
import { useNow } from "#ui/use-now.ts";
import classes from "./encounter.module.css";
import { columnsOfDay } from "./encounter-columns.tsx";
import { useEncounterList, useEncounterPrefetch } from "./queries.ts";

type Tab = "waiting" | "consult" | "planned" | "done" | "all";
const statusesOf: Record<Tab, EncounterStatus[] | undefined> = {
  waiting: ["ARRIVED", "TRIAGED"],
  consult: ["IN_CONSULT"],
  planned: ["PLANNED"],
  done: ["COMPLETED", "CANCELLED"],
  all: undefined,
};
const tabs = [
  { key: "waiting", label: "Waiting" },
  { key: "consult", label: "In consultation" },
  { key: "planned", label: "Planned" },
  { key: "done", label: "Closed" },
  { key: "all", label: "All" },
] as const satisfies { key: Tab; label: string }[];

const empty: Record<Tab, { title: string; hint?: string }> = {
  waiting: { title: "Nobody is waiting.", hint: "Patients who are checked in show up here by themselves." },
  consult: { title: "No consultation is under way." },
  planned: { title: "No visit is planned.", hint: "Plan one from a patient's chart." },
  done: { title: "No visit has been closed yet." },
  all: { title: "There are no visits yet.", hint: "Plan one from a patient's chart." },
};

/** Visits by where they stand: those who wait first, the longest first. */
export function EncounterTable() {
  const { timeZone } = useMe();
  const now = useNow();
  const list = useListState<{ tab: Tab }>("encounters", { tab: "waiting" });
  const { tab } = list.filter;
  const status = statusesOf[tab];
  const query = useQuery(
    useEncounterList({
      ...(status ? { status } : {}),
      sort: tab === "done" || tab === "all" ? "newest" : "planned",
      limit: 50,
      cursor: list.cursor,
    }),
  );
  const prefetch = useEncounterPrefetch();
  const nextCursor = query.data?.nextCursor ?? null;
  return (
    <div className={classes.list}>
      <FilterTabs label="State" tabs={tabs} chosen={tab} onChoose={(key) => list.setFilter({ tab: key })} />
      <DataTable<Encounter>
        caption="Visits"
        columns={columnsOfDay(todayIn(timeZone), now)}
        rows={query.data?.items}
        rowKey={({ id }) => id}
        rowTone={({ earlyWarning, status: at }) =>
          at === "CANCELLED" ? "muted" : earlyWarning?.risk === "high" && at !== "COMPLETED" ? "critical" : undefined
        }
        error={query.error && apiError(query.error)}
        onRetry={() => void query.refetch()}
        empty={empty[tab]}
        isStale={query.isPlaceholderData}
        paging={{
          page: list.page,
          hasNext: nextCursor !== null,
          onNext: () => nextCursor && list.next(nextCursor),
          onPrevious: list.previous,
        }}
        onPreview={({ id }) => prefetch(id)}
      />
    </div>
  );
}

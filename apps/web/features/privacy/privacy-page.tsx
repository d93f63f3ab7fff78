"use client";
import { formatDate } from "@infirmary/shared/core";
import type { PrivacyDay } from "@infirmary/shared/privacy";
import { Button, NativeSelect, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { todayIn } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { DataTable } from "#ui/data-table.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Section } from "#ui/section.tsx";
import { DayBars } from "./day-bars.tsx";
import { PatientReport } from "./patient-report.tsx";
import classes from "./privacy.module.css";
import { exportColumns, failedColumns, glassColumns, outsideColumns } from "./privacy-tables.tsx";
import { useOutsideCare, usePrivacyOverview } from "./queries.ts";
import { lastDays, type PeriodName, periodDays } from "./report-period.ts";

const parts = {
  outsideCare: { title: "Looked without caring", words: ["look", "looks"] },
  glassBroken: { title: "Emergency access", words: ["time", "times"] },
  failedSignIns: { title: "Failed sign-ins", words: ["failure", "failures"] },
  exports: { title: "Exports", words: ["export", "exports"] },
} as const satisfies Partial<Record<keyof PrivacyDay, { title: string; words: readonly [string, string] }>>;
type Part = keyof typeof parts;

type Props = {
  /** Chooses a patient for the report; composed by the page, because patients are another capability. */
  patientPicker: (onChoose: (patientId: string) => void) => ReactNode;
  /** The state of the log, composed by the page. */
  seal: ReactNode;
};

/** Who looked at whom, in seconds: four numbers with their days, and behind each what it counts. */
export function PrivacyPage({ patientPicker, seal }: Props) {
  const { timeZone } = useMe();
  const [days, setDays] = useState<PeriodName>("30");
  const [part, setPart] = useState<Part>("outsideCare");
  const [patientId, setPatientId] = useState<string | null>(null);
  const period = lastDays(Number(days), todayIn(timeZone));
  const overview = useQuery(usePrivacyOverview(period));
  const outside = useQuery(useOutsideCare(period));
  const table = { error: overview.error && apiError(overview.error), onRetry: () => void overview.refetch() };
  return (
    <>
      <PageHeader
        title="Privacy"
        description="Who looked at whom, in all facilities."
        actions={
          <>
            {seal}
            <Button component={Link} href="/break-glass" variant="default">
              Review emergency access
            </Button>
          </>
        }
      />
      <div className={classes.controls}>
        <NativeSelect
          label="Period"
          value={days}
          data={Object.entries(periodDays).map(([value, label]) => ({ value, label }))}
          onChange={(event) => setDays(event.currentTarget.value as PeriodName)}
        />
        {patientPicker(setPatientId)}
        <p className={classes.span} role="status">
          {formatDate(period.from)} to {formatDate(period.to)}
        </p>
      </div>
      {overview.error && !overview.data && <ErrorState {...table} error={apiError(overview.error)} />}
      {!overview.data && !overview.error && <Skeleton height={136} />}
      {overview.data && (
        <fieldset className={classes.tiles}>
          <legend className={classes.legend}>What to show</legend>
          {(Object.keys(parts) as Part[]).map((key) => (
            <DayBars
              key={key}
              {...parts[key]}
              days={overview.data.days.map((day) => ({ day: day.day, count: day[key] }))}
              isChosen={key === part}
              onChoose={() => setPart(key)}
            />
          ))}
        </fieldset>
      )}
      <Section title={parts[part].title}>
        {part === "outsideCare" && (
          <DataTable
            caption={parts[part].title}
            columns={outsideColumns(period, setPatientId)}
            rows={outside.data?.items}
            rowKey={(row) => `${row.userId} ${row.patientId}`}
            error={outside.error && apiError(outside.error)}
            onRetry={() => void outside.refetch()}
            empty={{
              title: "Nobody looked at a patient without caring for the patient.",
              hint: "Care is a place in the care team, or a deed: an order, a registration, a result.",
            }}
            isStale={outside.isPlaceholderData}
          />
        )}
        {part === "glassBroken" && (
          <DataTable
            {...table}
            caption={parts[part].title}
            columns={glassColumns(period)}
            rows={overview.data?.glass}
            rowKey={(row) => row.id}
            empty={{ title: "Nobody needed emergency access." }}
          />
        )}
        {part === "failedSignIns" && (
          <DataTable
            {...table}
            caption={parts[part].title}
            columns={failedColumns(period)}
            rows={overview.data?.failedSignIns}
            rowKey={(row) => row.userId ?? row.username}
            empty={{ title: "Every sign-in worked." }}
          />
        )}
        {part === "exports" && (
          <DataTable
            {...table}
            caption={parts[part].title}
            columns={exportColumns(period)}
            rows={overview.data?.exports}
            rowKey={(row) => row.id}
            empty={{ title: "Nothing was exported." }}
          />
        )}
        {part === "outsideCare" && outside.data?.hasMore && (
          <p className={classes.note}>Only the first 200 are shown; take a shorter period for the others.</p>
        )}
      </Section>
      {patientId && <PatientReport patientId={patientId} onClose={() => setPatientId(null)} />}
    </>
  );
}

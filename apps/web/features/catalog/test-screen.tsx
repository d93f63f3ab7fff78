"use client";
import type { LabTestDetail, LabTestRange } from "@infirmary/shared/catalog";
import { valueTypeNames } from "@infirmary/shared/catalog";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useState } from "react";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { FactList } from "#ui/fact-list.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { PageSkeleton } from "#ui/page-skeleton.tsx";
import { Section } from "#ui/section.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import classes from "./catalog.module.css";
import { useLabSetup, useTest } from "./queries.ts";
import { RangeTable } from "./range-table.tsx";
import { TestVersions } from "./test-versions.tsx";

const TestDialog = dynamic(() => import("./test-dialog.tsx").then((module) => module.TestDialog));
const RangeDialog = dynamic(() => import("./range-dialog.tsx").then((module) => module.RangeDialog));

/** One test: how it is answered, judged and timed, and who changed that when. */
export function TestScreen({ code }: { code: string }) {
  const query = useQuery(useTest(code));
  if (query.data) return <Shown test={query.data} />;
  if (!query.error) return <PageSkeleton />;
  const error = apiError(query.error);
  return (
    <>
      <PageHeader title="Test" />
      {error.code === "not-found" ? (
        <EmptyState title="The catalogue has no such test." />
      ) : (
        <ErrorState error={error} onRetry={() => void query.refetch()} />
      )}
    </>
  );
}

function Shown({ test }: { test: LabTestDetail }) {
  const { can } = useMe();
  const setup = useQuery(useLabSetup()).data;
  const [open, setOpen] = useState<"test" | "new-range" | LabTestRange | null>(null);
  const mayChange = can("catalog.manage");
  const close = () => setOpen(null);
  const minutes = (value: number | null) => (value === null ? "Not set" : `${value} min`);
  const container = setup?.containerTypes.find(({ code }) => code === test.containerType);
  return (
    <>
      <PageHeader
        title={test.shortName}
        description={
          <>
            LOINC {test.code} · {test.name} {!test.isActive && <StatusBadge tone="muted">Not in use</StatusBadge>}
          </>
        }
        actions={mayChange && <Button onClick={() => setOpen("test")}>Change test</Button>}
      />
      <div className={classes.parts}>
        <Section title="Definition">
          <FactList
            facts={[
              ["Department", test.category],
              ["Specimen", test.specimen],
              [
                "Container",
                container ? `${container.name}${container.cap ? `, ${container.cap} cap` : ""}` : "Not set",
              ],
              ...(test.isPanel
                ? []
                : ([
                    ["Answer", valueTypeNames[test.valueType]],
                    ["Unit", test.unit ?? "None"],
                    ["Decimals", test.decimals],
                    ...(test.answers.length > 0 ? [["Answers", test.answers.join(", ")]] : []),
                    ["Delta check", deltaText(test)],
                  ] as [string, string | number][])),
              ["STAT within", minutes(test.turnaroundStat)],
              ["Urgent within", minutes(test.turnaroundUrgent)],
              ["Routine within", minutes(test.turnaroundRoutine)],
              ["Critical value told within", minutes(test.criticalMinutes)],
            ]}
          />
        </Section>
        {test.isPanel ? (
          <Section title="Tests inside">
            <ul>
              {test.members.map(({ code, shortName }) => (
                <li key={code}>
                  <Link href={`/catalogue/${code}`}>{shortName}</Link> {code}
                </li>
              ))}
            </ul>
          </Section>
        ) : (
          <Section
            title="Reference ranges"
            actions={
              mayChange && (
                <Button size="compact-sm" variant="default" onClick={() => setOpen("new-range")}>
                  Add range
                </Button>
              )
            }
          >
            <RangeTable test={test} mayChange={mayChange} onChange={setOpen} />
          </Section>
        )}
        {mayChange && <TestVersions code={test.code} version={test.version} />}
      </div>
      {open === "test" && <TestDialog test={test} onClose={close} />}
      {open !== null && open !== "test" && (
        <RangeDialog test={test} range={open === "new-range" ? null : open} onClose={close} />
      )}
    </>
  );
}

function deltaText({ deltaPercent, deltaAbsolute, deltaHours, unit }: LabTestDetail): string {
  const parts = [
    ...(deltaPercent === null ? [] : [`${Number(deltaPercent)} %`]),
    ...(deltaAbsolute === null ? [] : [`${Number(deltaAbsolute)} ${unit ?? ""}`.trim()]),
  ];
  if (parts.length === 0) return "None";
  return `More than ${parts.join(" or ")} from a value of the last ${deltaHours ?? 72} h`;
}

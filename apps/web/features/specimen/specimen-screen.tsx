"use client";
import { rejectReasons, type SpecimenDetail, specimenStatusNames } from "@infirmary/shared/specimen";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { ReactNode } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { DataTable } from "#ui/data-table.tsx";
import { DateTime } from "#ui/date-time.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { FactList } from "#ui/fact-list.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { PageSkeleton } from "#ui/page-skeleton.tsx";
import { Section } from "#ui/section.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import { useSpecimen } from "./queries.ts";
import classes from "./specimen.module.css";
import { SpecimenActions } from "./specimen-actions.tsx";

type Props = { id: string; banner: (tube: SpecimenDetail) => ReactNode };

/** One tube: whose it is, what for, and everything that happened to it. */
export function SpecimenScreen({ id, banner }: Props) {
  const query = useQuery(useSpecimen(id));
  if (query.data) return <Shown tube={query.data} banner={banner(query.data)} />;
  if (!query.error) return <PageSkeleton />;
  const error = apiError(query.error);
  return (
    <>
      <PageHeader title="Specimen" />
      {error.code === "not-found" || error.code === "validation-failed" ? (
        <EmptyState title="There is no such tube." hint="Scan it again, or look in the list of specimens." />
      ) : (
        <ErrorState error={error} onRetry={() => void query.refetch()} />
      )}
    </>
  );
}

const kindNames: Record<SpecimenDetail["history"][number]["kind"], string> = {
  COLLECTED: "Collected",
  LABELLED: "Label printed",
  RECEIVED: "Received in the laboratory",
  REJECTED: "Rejected",
  ALIQUOTED: "Divided",
  STORED: "Stored",
  DISCARDED: "Discarded",
};

function Shown({ tube, banner }: { tube: SpecimenDetail; banner: ReactNode }) {
  return (
    <>
      {banner}
      <PageHeader
        title={`Tube ${tube.barcode}`}
        description={
          <StatusBadge tone={tube.status === "REJECTED" ? "abnormal" : "plain"}>
            {specimenStatusNames[tube.status]}
          </StatusBadge>
        }
        actions={<SpecimenActions tube={tube} />}
      />
      <div className={classes.parts}>
        <Section title="Tube">
          <FactList
            facts={[
              ["Specimen", tube.specimenName ?? "Not known"],
              [
                "Container",
                tube.containerName ? `${tube.containerName}${tube.cap ? `, ${tube.cap} cap` : ""}` : "Not known",
              ],
              ["Collected", <DateTime key="c" at={tube.collectedAt} />],
              ["Collected by", <bdi key="b">{tube.collectedByName}</bdi>],
              ["State of the patient", tube.condition ?? "Nothing particular"],
              ["Place", tube.place ?? "None"],
              ...(tube.rejectReason ? ([["Rejected because", rejectReasons[tube.rejectReason]]] as const) : []),
              ...linkFact("Poured off from", tube.parentId),
              ...linkFact("Collected again for", tube.replacesId),
              ...linkFact("Replaced by", tube.replacedById),
            ]}
          />
        </Section>
        <Section title="Orders">
          <ul>
            {tube.orders.map(({ id, orderNumber, testName, priority }) => (
              <li key={id}>
                <Link href={`/orders/${id}`}>{testName}</Link> {orderNumber} · {priority}
              </li>
            ))}
          </ul>
        </Section>
        {tube.aliquots.length > 0 && (
          <Section title="Divided into">
            <ul>
              {tube.aliquots.map(({ id, barcode, status }) => (
                <li key={id}>
                  <Link href={`/specimens/${id}`}>{barcode}</Link> {specimenStatusNames[status]}
                </li>
              ))}
            </ul>
          </Section>
        )}
        <Section title="History">
          <DataTable
            caption="History of the tube"
            columns={[
              { key: "at", header: "When", width: "180px", cell: ({ at }) => <DateTime at={at} /> },
              {
                key: "what",
                header: "What",
                cell: ({ kind, byScan }) => `${kindNames[kind]}${byScan ? ", by scan" : ""}`,
              },
              {
                key: "detail",
                header: "Detail",
                cell: ({ kind, detail, note }) =>
                  [kind === "REJECTED" && detail ? rejectReasons[detail as keyof typeof rejectReasons] : detail, note]
                    .filter(Boolean)
                    .join(": "),
              },
              { key: "by", header: "By", cell: ({ byName }) => <bdi>{byName}</bdi> },
            ]}
            rows={tube.history}
            rowKey={({ id }) => id}
            empty={{ title: "Nothing happened yet." }}
          />
        </Section>
      </div>
    </>
  );
}

const linkFact = (label: string, id: string | null): [string, ReactNode][] =>
  id
    ? [
        [
          label,
          <Link key="l" href={`/specimens/${id}`}>
            Show the tube
          </Link>,
        ],
      ]
    : [];

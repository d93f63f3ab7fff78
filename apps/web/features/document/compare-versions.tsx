"use client";
import { type ClinicalDocument, type DocumentVersion, sectionsOf } from "@infirmary/shared/document";
import { NativeSelect } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { diffWordsWithSpace } from "diff";
import { useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { DateTime } from "#ui/date-time.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { PageSkeleton } from "#ui/page-skeleton.tsx";
import classes from "./document.module.css";
import { useDocumentVersions } from "./queries.ts";

/** Any two versions side by side, what fell away struck out on the left, what came underlined on the right. */
export function CompareVersions({ document, onClose }: { document: ClinicalDocument; onClose: () => void }) {
  const versions = useQuery(useDocumentVersions(document.id));
  const [left, setLeft] = useState(document.number - 1);
  const [right, setRight] = useState(document.number);
  const items = versions.data?.items ?? [];
  const [before, after] = [left, right].map((number) => items.find((version) => version.number === number));
  return (
    <Dialog title="Compare versions" size={1040} onClose={onClose}>
      <div className={classes.stack}>
        {versions.error && (
          <ErrorState error={apiError(versions.error)} onRetry={() => void versions.refetch()} isCompact />
        )}
        {!versions.data && !versions.error && <PageSkeleton />}
        {items.length > 0 && (
          <div className={classes.pickers}>
            <Picker label="Left" items={items} chosen={left} onChoose={setLeft} />
            <Picker label="Right" items={items} chosen={right} onChoose={setRight} />
          </div>
        )}
        {before && after && <Sides document={document} before={before} after={after} />}
      </div>
    </Dialog>
  );
}

type PickerProps = {
  label: string;
  items: readonly DocumentVersion[];
  chosen: number;
  onChoose: (number: number) => void;
};

function Picker({ label, items, chosen, onChoose }: PickerProps) {
  return (
    <NativeSelect
      label={label}
      value={chosen}
      onChange={(event) => onChoose(Number(event.currentTarget.value))}
      data={items.map(({ number, signedByName }) => ({
        value: String(number),
        label: `Version ${number}, ${signedByName}`,
      }))}
    />
  );
}

type SidesProps = { document: ClinicalDocument; before: DocumentVersion; after: DocumentVersion };

function Sides({ document, before, after }: SidesProps) {
  const keys = [...new Set([...Object.keys(before.sections), ...Object.keys(after.sections)])];
  return (
    <table className={classes.sides}>
      <thead>
        <tr>
          {[before, after].map((version, index) => (
            <th key={index === 0 ? "before" : "after"} scope="col">
              Version {version.number}, <DateTime at={version.signedAt} />
            </th>
          ))}
        </tr>
      </thead>
      {sectionsOf(document, keys).map(({ key, label }) => (
        <tbody key={key}>
          <tr>
            <th colSpan={2} scope="rowgroup">
              {label}
            </th>
          </tr>
          <Changes before={before.sections[key] ?? ""} after={after.sections[key] ?? ""} />
        </tbody>
      ))}
    </table>
  );
}

function Changes({ before, after }: { before: string; after: string }) {
  const parts = diffWordsWithSpace(before, after).map((part, at) => ({ ...part, at }));
  return (
    <tr>
      <td>
        {parts.map(({ value, added, removed, at }) =>
          added ? null : removed ? <del key={at}>{value}</del> : <span key={at}>{value}</span>,
        )}
      </td>
      <td>
        {parts.map(({ value, added, removed, at }) =>
          removed ? null : added ? <ins key={at}>{value}</ins> : <span key={at}>{value}</span>,
        )}
      </td>
    </tr>
  );
}

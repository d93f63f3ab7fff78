"use client";
import type { LabTestDetail, LabTestRange } from "@infirmary/shared/catalog";
import { formatDate } from "@infirmary/shared/core";
import { Button } from "@mantine/core";
import { type Column, DataTable } from "#ui/data-table.tsx";
import classes from "./catalog.module.css";
import { criticalText, usualText, whoText } from "./range-words.ts";

type Props = { test: LabTestDetail; mayChange: boolean; onChange: (range: LabTestRange) => void };

/** The ranges of a test: those in force, and below, faint, those that have ended. */
export function RangeTable({ test, mayChange, onChange }: Props) {
  const columns: Column<LabTestRange>[] = [
    { key: "who", header: "For", cell: whoText },
    {
      key: "usual",
      header: "Normal",
      align: "right",
      width: "170px",
      cell: (range) => (
        <>
          {usualText(range)} <span className={classes.unit}>{test.unit}</span>
        </>
      ),
    },
    { key: "critical", header: "Critical", width: "260px", cell: criticalText },
    {
      key: "valid",
      header: "In force",
      width: "190px",
      cell: ({ validFrom, validTo }) =>
        validTo ? `until ${formatDate(validTo)}` : validFrom ? `from ${formatDate(validFrom)}` : "Now",
    },
    ...(mayChange
      ? [
          {
            key: "change",
            header: "",
            width: "110px",
            cell: (range: LabTestRange) =>
              range.validTo === null && (
                <Button
                  size="compact-sm"
                  variant="default"
                  data-row-main
                  aria-label={`Change the range for ${whoText(range)}`}
                  onClick={() => onChange(range)}
                >
                  Change
                </Button>
              ),
          },
        ]
      : []),
  ];
  return (
    <DataTable
      caption="Reference ranges"
      columns={columns}
      rows={test.ranges}
      rowKey={({ id }) => id}
      rowTone={({ validTo }) => (validTo === null ? undefined : "muted")}
      empty={{
        title: "No range is given.",
        hint: "Values of this test are not flagged. That is not the same as normal.",
      }}
    />
  );
}

import { isCritical } from "@infirmary/shared/result";
import { Checkbox } from "@mantine/core";
import type { Column } from "#ui/data-table.tsx";
import { StatusBadge } from "#ui/status-badge.tsx";
import { OrderCell } from "./order-cell.tsx";
import { PatientCell } from "./patient-cell.tsx";
import { ProblemCell } from "./problem-cell.tsx";
import classes from "./upload.module.css";
import { effectsOf, isFileable, previewOf, stateOf, type UploadRow } from "./upload-row.ts";

export type RowActions = {
  isOpen: (id: string) => boolean;
  toggle: (id: string) => void;
  want: (id: string, isWanted: boolean) => void;
  choose: (id: string, orderId: string) => void;
  recheck: (id: string) => void;
  remove: (id: string) => void;
};

/** One message a row: whether to file it, what it is, whose, for which order, what it brings, what is wrong. */
export function uploadColumns(actions: RowActions): Column<UploadRow>[] {
  return [
    {
      key: "want",
      header: "File it",
      width: "56px",
      cell: (row) => (
        <Checkbox
          aria-label={`File ${nameOf(row)}`}
          checked={row.isWanted && isFileable(row)}
          disabled={!isFileable(row)}
          onChange={(event) => actions.want(row.id, event.currentTarget.checked)}
        />
      ),
    },
    {
      key: "state",
      header: "State",
      width: "128px",
      nowrap: true,
      cell: (row) => {
        const { words, tone } = stateOf(row);
        return <StatusBadge tone={tone}>{words}</StatusBadge>;
      },
    },
    {
      key: "file",
      header: "File",
      width: "156px",
      cell: (row) => (
        <button
          type="button"
          data-row-main
          className={classes.open}
          aria-expanded={actions.isOpen(row.id)}
          onClick={() => actions.toggle(row.id)}
        >
          <span aria-hidden="true">{actions.isOpen(row.id) ? "▾" : "▸"}</span> {nameOf(row)}
        </button>
      ),
    },
    { key: "patient", header: "Patient", width: "21%", cell: (row) => <PatientCell row={row} /> },
    { key: "order", header: "Order", width: "20%", cell: (row) => <OrderCell row={row} onChoose={actions.choose} /> },
    {
      key: "values",
      header: "Values",
      width: "116px",
      cell: (row) => {
        const preview = previewOf(row);
        if (!preview) return null;
        const critical = preview.observations.filter(({ abnormalFlag }) => isCritical(abnormalFlag)).length;
        return (
          <>
            {effectsOf(preview)} {critical > 0 && <StatusBadge tone="critical">{critical} CRITICAL</StatusBadge>}
          </>
        );
      },
    },
    {
      key: "problems",
      header: "Problems and outcome",
      width: "22%",
      cell: (row) => <ProblemCell row={row} onRecheck={actions.recheck} onRemove={actions.remove} />,
    },
  ];
}

const nameOf = ({ fileName, part }: UploadRow) => (part ? `${fileName}, message ${part}` : fileName);

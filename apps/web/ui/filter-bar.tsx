"use client";
import { Button } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./filter-bar.module.css";

type Props = { children: ReactNode; isFiltered: boolean; onClear: () => void; actions?: ReactNode };

/** The filters of a list, one beside the other, and the way back to everything. */
export function FilterBar({ children, isFiltered, onClear, actions }: Props) {
  return (
    <search className={`${classes.bar} no-print`}>
      {children}
      <Button variant="default" onClick={onClear} disabled={!isFiltered}>
        Clear filters
      </Button>
      {actions}
    </search>
  );
}

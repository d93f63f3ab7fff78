"use client";
import type { ReactNode } from "react";
import classes from "./filter-tabs.module.css";

export type FilterTab<Key extends string> = {
  key: Key;
  label: string;
  /** How many; undefined while it is not known. */
  count?: number | undefined;
  /** A word of warning beside the count. */
  mark?: ReactNode;
};
type Props<Key extends string> = {
  /** What is filtered, for screen readers. */
  label: string;
  tabs: readonly FilterTab<Key>[];
  chosen: Key;
  onChoose: (key: Key) => void;
};

/** A row of filters with counts, one of them chosen. Buttons, because they change the list below and not the page. */
export function FilterTabs<Key extends string>({ label, tabs, chosen, onChoose }: Props<Key>) {
  return (
    <fieldset className={classes.tabs}>
      <legend className={classes.legend}>{label}</legend>
      {tabs.map(({ key, label: text, count, mark }) => (
        <button
          key={key}
          type="button"
          className={classes.tab}
          aria-pressed={key === chosen}
          onClick={() => onChoose(key)}
        >
          {text}
          {count !== undefined && <span className={classes.count}>{count}</span>}
          {mark}
        </button>
      ))}
    </fieldset>
  );
}

"use client";
import type { LabTest } from "@infirmary/shared/catalog";
import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, type Ref, useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { SearchList } from "#ui/search-list.tsx";
import classes from "./order-form.module.css";
import { useTestSearch } from "./queries.ts";

type Props = {
  test: LabTest | null;
  onPick: (test: LabTest | null) => void;
  error: ReactNode;
  inputRef: Ref<HTMLInputElement>;
};

/** Finds a test of the catalogue by name, short name or LOINC code; once chosen it stands there until changed. */
export function TestSearch({ test, onPick, error, inputRef }: Props) {
  const [query, setQuery] = useState("");
  const [q] = useDebouncedValue(query.trim(), 120);
  const found = useQuery({ ...useTestSearch(q), enabled: test === null });
  const items = found.data?.items ?? [];
  if (test) {
    return (
      <div className={classes.chosen}>
        <div>
          <div className={classes.label}>Test</div>
          <strong>{test.name}</strong>
          <div className={classes.hint}>{detailOf(test)}</div>
        </div>
        <Button variant="default" size="compact-sm" onClick={() => onPick(null)}>
          Choose another test
        </Button>
      </div>
    );
  }
  return (
    <SearchList
      label="Test"
      placeholder="Potassium, CBC, 2823-3"
      inputRef={inputRef}
      isAutoFocused
      query={query}
      onQuery={setQuery}
      error={error}
      isLoading={found.isFetching}
      items={items.map((item) => ({ id: item.code, label: item.name, detail: detailOf(item) }))}
      onPick={(code) => {
        onPick(items.find((item) => item.code === code) ?? null);
        setQuery("");
      }}
      message={
        found.error
          ? apiError(found.error).title
          : found.data && items.length === 0
            ? "No test of the catalogue is called this. Try another word or the LOINC code."
            : null
      }
    />
  );
}

const detailOf = ({ shortName, specimen, code, isPanel }: LabTest) =>
  [isPanel ? `${shortName}, panel` : shortName, specimen, `LOINC ${code}`].join(" · ");

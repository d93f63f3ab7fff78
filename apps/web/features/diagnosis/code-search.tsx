"use client";
import type { DiagnosisCode } from "@infirmary/shared/diagnosis";
import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { SearchList } from "#ui/search-list.tsx";
import classes from "./diagnosis.module.css";
import { useCodeSearch, useFavourites } from "./queries.ts";

/** Finds a diagnosis by code, title or what people call it; last ones and favourites are at hand before anything is typed. */
export function CodeSearch({ label, onPick }: { label: string; onPick: (code: DiagnosisCode) => void }) {
  const [query, setQuery] = useState("");
  const [q] = useDebouncedValue(query.trim(), 120);
  const found = useQuery(useCodeSearch(q));
  const favourites = useQuery(useFavourites());
  const items = found.data?.items ?? [];
  const pick = (code: DiagnosisCode) => {
    onPick(code);
    setQuery("");
  };
  return (
    <div className={classes.search}>
      <SearchList
        label={label}
        placeholder="heart attack, J20.9, type 2 diabetes"
        query={query}
        onQuery={setQuery}
        isLoading={found.isFetching && q !== ""}
        items={(query.trim() === "" ? [] : items).map((item) => ({
          id: item.code,
          label: item.title,
          detail: item.isBillable ? item.code : `${item.code} · must be refined`,
        }))}
        onPick={(code) => {
          const item = items.find((candidate) => candidate.code === code);
          if (item) pick(item);
        }}
        message={
          found.error
            ? apiError(found.error).title
            : q !== "" && found.data && !found.isPlaceholderData && items.length === 0
              ? "No diagnosis is called this. Try another word or the code."
              : null
        }
      />
      {query.trim() === "" && (
        <>
          <Quick label="Last" items={items.slice(0, 6)} onPick={pick} />
          <Quick label="Favourites" items={favourites.data?.items ?? []} onPick={pick} />
        </>
      )}
    </div>
  );
}

function Quick({
  label,
  items,
  onPick,
}: {
  label: string;
  items: readonly DiagnosisCode[];
  onPick: (code: DiagnosisCode) => void;
}) {
  if (items.length === 0) return null;
  return (
    <div className={classes.quick}>
      <span className={classes.hint}>{label}</span>
      {items.map((item) => (
        <Button key={item.code} size="compact-sm" variant="default" onClick={() => onPick(item)}>
          {item.title} · {item.code}
        </Button>
      ))}
    </div>
  );
}

"use client";
import { Autocomplete } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useLoincSearch } from "./queries.ts";

type Found = { code: string; name: string; system: string | null; unit: string | null };
type Props = { code: string; error: ReactNode; onCode: (code: string) => void; onPick: (found: Found) => void };

/** The LOINC code of a new test: typed, or found by name where an edition of LOINC is loaded. */
export function LoincField({ code, error, onCode, onPick }: Props) {
  const [words] = useDebouncedValue(code, 200);
  const found = useQuery(useLoincSearch(words)).data?.items ?? [];
  const labelOf = (item: Found) => `${item.code} · ${item.name}`;
  return (
    <Autocomplete
      label="LOINC code"
      description="A code, or words of a name where LOINC's table is loaded."
      data={found.map(labelOf)}
      filter={({ options }) => options}
      maxLength={60}
      data-autofocus
      value={code}
      error={error}
      onChange={(value) => {
        const item = found.find((candidate) => labelOf(candidate) === value);
        if (item) onPick(item);
        else onCode(value);
      }}
    />
  );
}

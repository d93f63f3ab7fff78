"use client";
import type { Observation } from "@infirmary/shared/result";
import { type UseQueryResult, useQueries } from "@tanstack/react-query";
import { isPlainlyNormal } from "./plainly-normal.ts";
import { useResultsOptions } from "./queries.ts";

/** The values of an order and whether every one of them is normal beyond doubt. */
export type Normality = { values: Observation[]; isNormal: boolean };

/** Looks at the values of several orders; an order is absent while its values are on their way. */
export function useNormality(orderIds: readonly string[]): ReadonlyMap<string, Normality> {
  const optionsOf = useResultsOptions();
  const answers = useQueries({ queries: orderIds.map((id) => optionsOf(id)), combine: read });
  return new Map(orderIds.flatMap((id, index) => (answers[index] ? [[id, answers[index]] as const] : [])));
}

const read = (answers: readonly UseQueryResult<{ items: Observation[] }, unknown>[]) =>
  answers.map(({ data }): Normality | undefined =>
    data ? { values: data.items, isNormal: data.items.length > 0 && data.items.every(isPlainlyNormal) } : undefined,
  );

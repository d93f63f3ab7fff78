"use client";
import type { Observation, Trend } from "@infirmary/shared/result";
import { type UseQueryResult, useQueries } from "@tanstack/react-query";
import { useTrendOptions } from "./queries.ts";

/** Codes whose past is fetched at once; of a longer message the rest shows its trend when opened. */
const codesMax = 40;

/** What went before, by code; a code is absent while its past is on its way. */
export function useTrends(patientId: string, values: readonly Pick<Observation, "code">[]): ReadonlyMap<string, Trend> {
  const optionsOf = useTrendOptions(patientId);
  const codes = [...new Set(values.map(({ code }) => code))].slice(0, codesMax);
  return useQueries({ queries: codes.map((code) => optionsOf(code)), combine: byCode });
}

const byCode = (answers: readonly UseQueryResult<Trend, unknown>[]) =>
  new Map(answers.flatMap(({ data }) => (data ? [[data.code, data] as const] : [])));

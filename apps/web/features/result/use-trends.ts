"use client";
import type { Observation, Trend } from "@infirmary/shared/result";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTrendsOptions } from "./queries.ts";

/** Codes whose past is fetched at once; of a longer message the rest shows its trend when opened. */
const codesMax = 40;

/** What went before, by code; empty while it is on its way. */
export function useTrends(patientId: string, values: readonly Pick<Observation, "code">[]): ReadonlyMap<string, Trend> {
  const codes = [...new Set(values.map(({ code }) => code))].slice(0, codesMax);
  const { data } = useQuery(useTrendsOptions(patientId, codes));
  return useMemo(() => new Map(data?.items.map((trend) => [trend.code, trend])), [data]);
}

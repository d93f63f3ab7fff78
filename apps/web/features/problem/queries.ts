"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.ts";

export const useProblems = (patientId: string) => useTRPC().problem.list.queryOptions({ patientId });
export const useResolveProblem = () => useTRPC().problem.resolve.mutationOptions();
export const useReopenProblem = () => useTRPC().problem.reopen.mutationOptions();

export function useProblemsChanged() {
  const queries = useQueryClient();
  const { problem } = useTRPC();
  return () => void queries.invalidateQueries({ queryKey: problem.pathKey() });
}

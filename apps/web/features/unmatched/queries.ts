"use client";
import type { UnmatchedStatus } from "@infirmary/shared/unmatched";
import { keepPreviousData } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.ts";

/** Every query and change of the unmatched desk, as options for React Query. */
export const useUnmatchedList = (input: { status: UnmatchedStatus; limit: number; cursor?: string }) =>
  useTRPC().unmatched.list.queryOptions(input, { placeholderData: keepPreviousData });
export const useUnmatched = (id: string) => useTRPC().unmatched.get.queryOptions({ id });
export const useMatch = () => useTRPC().unmatched.match.mutationOptions();
export const useReplay = () => useTRPC().unmatched.replay.mutationOptions();
export const useReject = () => useTRPC().unmatched.reject.mutationOptions();
export const useUnmatchedKey = () => useTRPC().unmatched.pathKey();

"use client";
import type { BreakGlassList } from "@infirmary/shared/break-glass";
import { keepPreviousData } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.ts";

/** Every query and change of the capability, as options for React Query. */
export const useOwnBreakGlasses = () =>
  useTRPC().breakGlass.own.queryOptions(undefined, { refetchInterval: 60_000, staleTime: 30_000 });
export const useOpenBreakGlass = () => useTRPC().breakGlass.open.mutationOptions();
export const useEndBreakGlass = () => useTRPC().breakGlass.end.mutationOptions();
export const useBreakGlassList = (input: Partial<BreakGlassList>) =>
  useTRPC().breakGlass.list.queryOptions(input, { placeholderData: keepPreviousData });
export const useReviewBreakGlass = () => useTRPC().breakGlass.review.mutationOptions();
export const useBreakGlassKey = () => useTRPC().breakGlass.pathKey();

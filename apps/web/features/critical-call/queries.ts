"use client";
import { useTRPC } from "#lib/trpc/client.ts";

/** Every query and change of the capability, as options for React Query. */
export const useCriticals = (days: number) => useTRPC().criticalCall.list.queryOptions({ days });
export const useLogCall = () => useTRPC().criticalCall.log.mutationOptions();
export const useCriticalKey = () => useTRPC().criticalCall.pathKey();

"use client";
import { keepPreviousData } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.ts";

/** Every query and change of the capability, as options for React Query. */
export const useTestList = (input: { q: string; category?: string; all: boolean; limit: number; cursor?: string }) =>
  useTRPC().catalog.list.queryOptions(input, { placeholderData: keepPreviousData });
export const useTest = (code: string) => useTRPC().catalog.get.queryOptions({ code });
export const useTestVersions = (code: string) => useTRPC().catalog.versions.queryOptions({ code });
export const useLabSetup = () => useTRPC().catalog.setup.queryOptions();
export const useLoincSearch = (q: string) =>
  useTRPC().catalog.loinc.queryOptions({ q }, { enabled: q.trim().length >= 2, placeholderData: keepPreviousData });
export const useCreateTest = () => useTRPC().catalog.create.mutationOptions();
export const useUpdateTest = () => useTRPC().catalog.update.mutationOptions();
export const useCatalogKey = () => useTRPC().catalog.pathKey();

"use client";
import type { BenchStage } from "@infirmary/shared/lab-result";
import { keepPreviousData } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.ts";

/** Every query and change of the capability, as options for React Query. */
export const useBench = (input: { department?: string; stage?: BenchStage }) =>
  useTRPC().labResult.bench.queryOptions(input, { placeholderData: keepPreviousData });
export const useGrid = (orderId: string) => useTRPC().labResult.grid.queryOptions({ orderId });
export const useEnter = () => useTRPC().labResult.enter.mutationOptions();
export const useVerify = () => useTRPC().labResult.verify.mutationOptions();
export const useRelease = () => useTRPC().labResult.release.mutationOptions();
export const useCorrect = () => useTRPC().labResult.correct.mutationOptions();
export const useVerifyOrder = () => useTRPC().labResult.verifyOrder.mutationOptions();
export const useReleaseOrder = () => useTRPC().labResult.releaseOrder.mutationOptions();
export const useLabResultKey = () => useTRPC().labResult.pathKey();

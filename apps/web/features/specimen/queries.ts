"use client";
import type { SpecimenStatus } from "@infirmary/shared/specimen";
import { keepPreviousData } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.ts";

/** Every query and change of the capability, as options for React Query. */
export const useSpecimenList = (input: { status?: SpecimenStatus; limit: number; cursor?: string }) =>
  useTRPC().specimen.list.queryOptions(input, { placeholderData: keepPreviousData });
export const useSpecimen = (id: string) => useTRPC().specimen.get.queryOptions({ id });
export const useSpecimensOfOrder = (orderId: string, patientId: string) =>
  useTRPC().specimen.ofOrder.queryOptions({ orderId, patientId });
export const useScan = () => useTRPC().specimen.scan.mutationOptions();
export const useCollect = () => useTRPC().specimen.collect.mutationOptions();
export const useReceive = () => useTRPC().specimen.receive.mutationOptions();
export const useReject = () => useTRPC().specimen.reject.mutationOptions();
export const useAliquot = () => useTRPC().specimen.aliquot.mutationOptions();
export const useStore = () => useTRPC().specimen.store.mutationOptions();
export const useDiscard = () => useTRPC().specimen.discard.mutationOptions();
export const useLabel = () => useTRPC().specimen.label.mutationOptions();
export const useSpecimenKey = () => useTRPC().specimen.pathKey();
export const useOrderKey = () => useTRPC().order.pathKey();

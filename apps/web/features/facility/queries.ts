"use client";
import { useTRPC } from "#lib/trpc/client.ts";

/** Every query and change of the capability, as options for React Query. */
export const useFacilityList = () => useTRPC().facility.list.queryOptions();
export const useFacility = (id: string) => useTRPC().facility.get.queryOptions({ id });
export const useCreateFacility = () => useTRPC().facility.create.mutationOptions();
export const useUpdateFacility = () => useTRPC().facility.update.mutationOptions();
export const useAddLocation = () => useTRPC().facility.addLocation.mutationOptions();
export const useUpdateLocation = () => useTRPC().facility.updateLocation.mutationOptions();
export const useFacilityKey = () => useTRPC().facility.pathKey();

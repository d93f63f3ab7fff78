"use client";
import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.ts";

/**
 * Works at another of the person's facilities from now on. The whole page is loaded anew at `path`: nothing fetched for the one facility
 * is ever shown beside the other's name.
 */
export function useChangeFacility() {
  const change = useMutation(useTRPC().auth.changeFacility.mutationOptions());
  return {
    isBusy: change.isPending || change.isSuccess,
    error: change.error,
    to: (facilityId: string, path = "/") =>
      change.mutate({ facilityId }, { onSuccess: () => window.location.assign(path) }),
  };
}

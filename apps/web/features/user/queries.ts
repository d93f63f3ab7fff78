"use client";
import type { UserList } from "@infirmary/shared/user";
import { keepPreviousData } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.ts";

/** Every query and change of people, as options for React Query. */
export const useUserList = (input: Partial<UserList>) =>
  useTRPC().user.list.queryOptions(input, { placeholderData: keepPreviousData });
export const useUser = (id: string) => useTRPC().user.get.queryOptions({ id });
export const useUserSessions = (id: string) => useTRPC().user.sessions.queryOptions({ id });
export const useUserFactors = (id: string) => useTRPC().user.factors.queryOptions({ id });
export const useResetFactors = () => useTRPC().user.resetFactors.mutationOptions();
export const usePolicy = () => useTRPC().policy.get.queryOptions();
export const useUpdatePolicy = () => useTRPC().policy.update.mutationOptions();
export const usePolicyKey = () => useTRPC().policy.get.queryKey();
export const useRoles = () => useTRPC().user.roles.queryOptions();
export const useFacilities = () => useTRPC().user.facilities.queryOptions(undefined, { staleTime: 5 * 60_000 });

export const useCreateUser = () => useTRPC().user.create.mutationOptions();
export const useUpdateUser = () => useTRPC().user.update.mutationOptions();
export const useDeactivateUser = () => useTRPC().user.deactivate.mutationOptions();
export const useResetPassword = () => useTRPC().user.resetPassword.mutationOptions();
export const useSendResetLink = () => useTRPC().user.sendResetLink.mutationOptions();
export const useEndSessions = () => useTRPC().user.endSessions.mutationOptions();

export const useUserKeys = () => {
  const { user } = useTRPC();
  return { all: user.pathKey(), get: (id: string) => user.get.queryKey({ id }) };
};

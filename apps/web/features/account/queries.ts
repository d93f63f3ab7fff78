"use client";
import { useTRPC } from "#lib/trpc/client.ts";

/** Options of what a person does with the own account. */
export const useRegister = () => useTRPC().user.register.mutationOptions();
export const useChangePassword = () => useTRPC().auth.changePassword.mutationOptions();
export const useReauthenticate = () => useTRPC().auth.reauthenticate.mutationOptions();
export const useMySessions = () => useTRPC().auth.sessions.queryOptions();
export const useEndSession = () => useTRPC().auth.endSession.mutationOptions();
export const useMySessionsKey = () => useTRPC().auth.sessions.queryKey();

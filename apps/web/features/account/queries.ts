"use client";
import { useTRPC } from "#lib/trpc/client.ts";

/** Options of what a person does with the own account. */
export const useRegister = () => useTRPC().user.register.mutationOptions();
export const useRequestReset = () => useTRPC().auth.requestReset.mutationOptions();
export const useConfirmReset = () => useTRPC().auth.confirmReset.mutationOptions();
export const useChangePassword = () => useTRPC().auth.changePassword.mutationOptions();
export const useReauthenticate = () => useTRPC().auth.reauthenticate.mutationOptions();
export const useFactors = () => useTRPC().factor.mine.queryOptions();
export const useFactorKeys = () => useTRPC().factor.pathKey();
export const useStartTotp = () => useTRPC().factor.startTotp.mutationOptions();
export const useConfirmTotp = () => useTRPC().factor.confirmTotp.mutationOptions();
export const useRemoveTotp = () => useTRPC().factor.removeTotp.mutationOptions();
export const useRenewRecoveryCodes = () => useTRPC().factor.renewRecoveryCodes.mutationOptions();
export const usePasskeyOptions = () => useTRPC().factor.passkeyOptions.mutationOptions();
export const useAddPasskey = () => useTRPC().factor.addPasskey.mutationOptions();
export const useRenamePasskey = () => useTRPC().factor.renamePasskey.mutationOptions();
export const useRemovePasskey = () => useTRPC().factor.removePasskey.mutationOptions();
export const useProofOptions = () => useTRPC().factor.proofOptions.mutationOptions();
export const useLockState = () => useTRPC().auth.lockState.queryOptions(undefined, { staleTime: 0, retry: false });
export const useStayAwake = () => useTRPC().auth.stayAwake.mutationOptions();
export const useUnlock = () => useTRPC().auth.unlock.mutationOptions();
export const useMySessions = () => useTRPC().auth.sessions.queryOptions();
export const useEndSession = () => useTRPC().auth.endSession.mutationOptions();
export const useEndOtherSessions = () => useTRPC().auth.endOtherSessions.mutationOptions();
export const useMySessionsKey = () => useTRPC().auth.sessions.queryKey();

"use client";
import type { ExplainInput } from "@infirmary/shared/role";
import { skipToken } from "@tanstack/react-query";
import { useTRPC } from "#lib/trpc/client.ts";

/** Every query and change of the capability, as options for React Query. */
export const useRoleList = () => useTRPC().role.list.queryOptions();
export const useCreateRole = () => useTRPC().role.create.mutationOptions();
export const useUpdateRole = () => useTRPC().role.update.mutationOptions();
export const useProcedures = () => useTRPC().role.procedures.queryOptions();
export const useExplanation = (input: ExplainInput | null) => useTRPC().role.explain.queryOptions(input ?? skipToken);
export const useStaff = () => useTRPC().user.list.queryOptions({ limit: 100 });
export const useRoleKey = () => useTRPC().role.pathKey();

"use client";
import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useCallback } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { say } from "#ui/toast-store.ts";
import { useScan } from "./queries.ts";

const places = { specimen: "/specimens", order: "/orders", patient: "/patients" } as const;

/** Goes to the record that a code is the number of; says what was wrong with one that is none. */
export function useScanCode() {
  const router = useRouter();
  const { mutateAsync, isPending, error } = useMutation(useScan());
  const find = useCallback(
    async (code: string) => {
      try {
        const { kind, id } = await mutateAsync({ code });
        router.push(`${places[kind]}/${id}`);
      } catch (thrown) {
        const { detail, title } = apiError(thrown);
        say(`${code}: ${detail ?? title}`);
      }
    },
    [mutateAsync, router],
  );
  return { find, isBusy: isPending, error };
}

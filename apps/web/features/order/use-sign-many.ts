"use client";
import type { Order } from "@infirmary/shared/order";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { type ApiError, apiError } from "#lib/trpc/api-error.ts";
import { useOrderKeys, useSetOrderStatus } from "./queries.ts";

/** Signs several orders one after the other, each in the version seen. A failure stops at that order and says which. */
export function useSignMany() {
  const queries = useQueryClient();
  const keys = useOrderKeys();
  const mutation = useMutation(useSetOrderStatus());
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const sign = async (orders: readonly Order[], onSigned: (signed: Order) => void): Promise<number> => {
    setIsBusy(true);
    setError(null);
    let done = 0;
    try {
      for (const { id, version, orderNumber, testName } of orders) {
        try {
          onSigned(await mutation.mutateAsync({ id, version, status: "REVIEWED" }));
          done += 1;
        } catch (thrown) {
          const answered = apiError(thrown);
          setError({ ...answered, title: `Stopped at ${testName}, ${orderNumber}: ${answered.title}` });
          break;
        }
      }
    } finally {
      setIsBusy(false);
      void queries.invalidateQueries({ queryKey: keys.all });
    }
    return done;
  };
  return { sign, isBusy, error };
}

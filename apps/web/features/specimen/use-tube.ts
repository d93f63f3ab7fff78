"use client";
import type { SpecimenDetail } from "@infirmary/shared/specimen";
import { useQueryClient } from "@tanstack/react-query";
import { say } from "#ui/toast-store.ts";
import { useOrderKey, useSpecimenKey } from "./queries.ts";

/** What every step with a tube does once it is done: say so, and have the lists look again. */
export function useTube() {
  const queries = useQueryClient();
  const [tubes, orders] = [useSpecimenKey(), useOrderKey()];
  return {
    settle(tube: SpecimenDetail, words: string) {
      void queries.invalidateQueries({ queryKey: tubes });
      void queries.invalidateQueries({ queryKey: orders });
      say(`${words}: ${tube.barcode}.`);
    },
  };
}

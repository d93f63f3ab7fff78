"use client";
import { useTRPCClient } from "../trpc/client.ts";
import { gate } from "./gate.ts";

/** Covers the screen at once and locks the session on the server; the work stays behind the cover. */
export function useLock() {
  const client = useTRPCClient();
  return async () => {
    gate.show("locked");
    await client.auth.lock.mutate();
  };
}

"use client";
import { signOut as endCookie } from "next-auth/react";
import { useTRPCClient } from "../trpc/client.ts";

/**
 * Ends the session on the server first, then drops the cookie, then loads the sign-in page anew, so that nothing of a
 * patient stays in this tab's memory. A session that is over already is no obstacle.
 */
export function useSignOut() {
  const client = useTRPCClient();
  return async () => {
    try {
      await client.auth.logout.mutate();
    } finally {
      await endCookie({ redirect: false }).catch(() => undefined);
      window.location.assign("/sign-in");
    }
  };
}

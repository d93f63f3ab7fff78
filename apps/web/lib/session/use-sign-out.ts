"use client";
import { useTRPCClient } from "../trpc/client.ts";
import { postAuth } from "./post-auth.ts";

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
      await postAuth("signout").catch(() => undefined);
      window.location.assign("/sign-in");
    }
  };
}

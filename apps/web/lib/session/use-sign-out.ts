"use client";
import { useTRPCClient } from "../trpc/client.ts";
import { postAuth } from "./post-auth.ts";

/** Where Mantine keeps the choice of light or dark. */
const schemeKey = "mantine-color-scheme-value";

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
      // The answer has the browser clear what this site kept; light or dark is nobody's secret.
      const scheme = localStorage.getItem(schemeKey);
      await postAuth("signout").catch(() => undefined);
      if (scheme) localStorage.setItem(schemeKey, scheme);
      window.location.assign("/sign-in");
    }
  };
}

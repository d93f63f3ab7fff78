import { createTRPCClient, httpLink } from "@trpc/client";
import { env } from "../env.ts";
import type { AppRouter } from "../trpc/app-router.ts";

/** The API as this server reaches it, on behalf of one request; `headers` say whose. */
export function serverTrpc(headers: Record<string, string>) {
  return createTRPCClient<AppRouter>({
    links: [
      httpLink({
        url: `${env().API_URL}/trpc`,
        methodOverride: "POST",
        headers: { ...headers, "x-infirmary-csrf": "1" },
      }),
    ],
  });
}

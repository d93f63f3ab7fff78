import { createTRPCClient, httpBatchLink, httpSubscriptionLink, splitLink, type TRPCLink } from "@trpc/client";
import { createTRPCContext } from "@trpc/tanstack-react-query";
import { activityHeader } from "../session/activity.ts";
import type { AppRouter } from "./app-router.ts";
import { gateLink } from "./gate-link.ts";
import { withoutDirection } from "./without-direction.ts";

/** `useTRPC()` gives query and mutation options of every procedure; features wrap them in their queries.ts. */
export const { TRPCProvider, useTRPC, useTRPCClient } = createTRPCContext<AppRouter>();

/** The header a foreign page cannot send without asking: the API refuses calls that lack it. */
export const csrfHeader = { "x-infirmary-csrf": "1" } as const;

/** Context of a call that must arrive although its window goes: browsers let such bodies be 64 KB together. */
export const leavingContext = { isLeaving: true } as const;

/** Most calls of one batch the API takes. */
const batchMax = 10;

const strictInput: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    next({ ...op, input: withoutDirection(op.input) });

/** The browser's client. Queries travel as POST, so that no patient stands in a URL; events come over one SSE stream. */
export function makeTrpcClient(facilityId: string | null = null) {
  // Each tab works at the facility it shows, also after another tab has changed to a different one.
  const place: Record<string, string> = facilityId ? { "x-facility-id": facilityId } : {};
  const batch = (fetchWith: RequestInit = {}) =>
    httpBatchLink({
      url: "/trpc",
      methodOverride: "POST",
      maxItems: batchMax,
      headers: () => ({ ...csrfHeader, ...activityHeader(), ...place }),
      fetch: (address, options) => fetch(address, { ...(options as RequestInit), ...fetchWith }),
    });
  return createTRPCClient<AppRouter>({
    links: [
      strictInput,
      gateLink,
      splitLink({
        condition: (operation) => operation.type === "subscription",
        true: httpSubscriptionLink({ url: "/trpc", connectionParams: place }),
        false: splitLink({
          condition: ({ context }) => context.isLeaving === true,
          true: batch({ keepalive: true }),
          false: batch(),
        }),
      }),
    ],
  });
}

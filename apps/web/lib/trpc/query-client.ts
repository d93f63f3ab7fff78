import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { apiError, isSignedOut } from "./api-error.ts";

/** Codes worth one more try by themselves: the cause is ours and passes. */
const passing = new Set(["unreachable", "unavailable", "internal-error"]);

/**
 * The cache of what the API answered. Data counts as fresh for 15 s (live events invalidate it sooner) and is gone from
 * memory five minutes after the last screen that showed it.
 * @param onSignedOut called when any answer says that the session is over
 */
export function makeQueryClient(onSignedOut: () => void) {
  const watch = (error: unknown) => {
    if (isSignedOut(error)) onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({ onError: watch }),
    defaultOptions: {
      queries: {
        networkMode: "always",
        staleTime: 15_000,
        gcTime: 5 * 60_000,
        refetchOnWindowFocus: true,
        retry: (failures, error) => failures < 2 && passing.has(apiError(error).code),
        retryDelay: (failures) => 500 * 2 ** failures,
      },
      // Without a network a save would wait in silence by default; it fails at once instead, and the form says so.
      mutations: { networkMode: "always", retry: false },
    },
  });
}

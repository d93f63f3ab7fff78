"use client";
import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { signInPath } from "../session/return-path.ts";
import { makeTrpcClient, TRPCProvider } from "./client.ts";
import { makeQueryClient } from "./query-client.ts";

/** The API, at the facility this tab works at, for the screens below. An answer that the session is over leads to the sign-in page and back here. */
export function ApiProviders({ facilityId = null, children }: { facilityId?: string | null; children: ReactNode }) {
  const [queryClient] = useState(() =>
    makeQueryClient(() => window.location.assign(signInPath(window.location.pathname + window.location.search))),
  );
  const [trpcClient] = useState(() => makeTrpcClient(facilityId));
  return (
    <QueryClientProvider client={queryClient}>
      <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
        {children}
      </TRPCProvider>
    </QueryClientProvider>
  );
}

"use client";
import { ErrorState } from "#ui/error-state.tsx";

/** When not even the shell could be made, most often because the API is away. */
export default function PortalError({ error }: { error: Error & { digest?: string } }) {
  return (
    <main>
      <ErrorState
        error={{
          title: "Infirmary cannot be reached right now.",
          detail: "It recovers by itself when its database is back. Try again shortly.",
          requestId: error.digest ?? null,
        }}
        onRetry={() => window.location.reload()}
      />
    </main>
  );
}

"use client";
import { ErrorState } from "#ui/error-state.tsx";

type Props = { error: Error & { digest?: string }; retry: () => void };

/** A screen that broke. The rest of the portal stays usable; the digest finds the fault in the server's log. */
export default function ScreenError({ error, retry }: Props) {
  return (
    <ErrorState
      error={{
        title: "This screen could not be shown.",
        detail: "Nothing was changed by this. Try again; if it keeps happening, quote the code to support.",
        requestId: error.digest ?? null,
      }}
      onRetry={retry}
    />
  );
}

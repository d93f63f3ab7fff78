import Link from "next/link";
import { EmptyState } from "#ui/empty-state.tsx";

/** An address that leads nowhere, outside the clinic's screens. */
export default function NotFound() {
  return (
    <main>
      <h1 style={{ padding: "32px 16px 0", fontSize: "1.25rem" }}>Not found</h1>
      <EmptyState
        title="There is no screen at this address."
        hint="It may be mistyped, or the screen may have moved."
        action={<Link href="/">Go to Infirmary</Link>}
      />
    </main>
  );
}

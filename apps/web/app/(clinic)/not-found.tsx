import Link from "next/link";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";

/** What the screen of a record shows that does not exist, or is another organisation's. */
export default function NotFound() {
  return (
    <>
      <PageHeader title="Not found" />
      <EmptyState
        title="There is no such record or screen."
        hint="It may have been removed, or the address may be mistyped."
        action={<Link href="/">Go to my home screen</Link>}
      />
    </>
  );
}

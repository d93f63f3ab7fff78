import Link from "next/link";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/page-header.tsx";

/** What a person sees whose roles do not permit the screen; status 403. */
export default function Forbidden() {
  return (
    <>
      <PageHeader title="Not permitted" />
      <EmptyState
        title="Your role does not permit this screen."
        hint="Ask an administrator if you need it for your work. The screens you can use are in the navigation."
        action={<Link href="/">Go to my home screen</Link>}
      />
    </>
  );
}

import type { Metadata } from "next";
import Link from "next/link";
import { PublicPage } from "#features/account/public-page.tsx";
import { ResetForm } from "#features/account/reset-form.tsx";
import { ApiProviders } from "#lib/trpc/providers.tsx";

export const metadata: Metadata = { title: "Choose your password" };

export default function InvitationPage() {
  return (
    <PublicPage title="Choose your password" aside={<Link href="/sign-in">Back to signing in</Link>}>
      <ApiProviders>
        <ResetForm purpose="invitation" />
      </ApiProviders>
    </PublicPage>
  );
}

import type { Metadata } from "next";
import Link from "next/link";
import { PublicPage } from "#features/account/public-page.tsx";
import { ResetForm } from "#features/account/reset-form.tsx";
import { ApiProviders } from "#lib/trpc/providers.tsx";

export const metadata: Metadata = { title: "Set a new password" };

export default function ResetPage() {
  return (
    <PublicPage title="Set a new password" aside={<Link href="/sign-in">Back to signing in</Link>}>
      <ApiProviders>
        <ResetForm purpose="reset" />
      </ApiProviders>
    </PublicPage>
  );
}

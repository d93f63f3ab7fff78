import type { Metadata } from "next";
import Link from "next/link";
import { ForgotForm } from "#features/account/forgot-form.tsx";
import { PublicPage } from "#features/account/public-page.tsx";
import { ApiProviders } from "#lib/trpc/providers.tsx";

export const metadata: Metadata = { title: "Forgot your password?" };

export default function ForgotPasswordPage() {
  return (
    <PublicPage title="Forgot your password?" aside={<Link href="/sign-in">Back to signing in</Link>}>
      <ApiProviders>
        <ForgotForm />
      </ApiProviders>
    </PublicPage>
  );
}

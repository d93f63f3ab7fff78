import type { Metadata } from "next";
import Link from "next/link";
import { PublicPage } from "#features/account/public-page.tsx";
import { RegisterForm } from "#features/account/register-form.tsx";
import { ApiProviders } from "#lib/trpc/providers.tsx";

export const metadata: Metadata = { title: "Ask for an account" };

export default function RegisterPage() {
  return (
    <PublicPage title="Ask for an account" aside={<Link href="/sign-in">Back to signing in</Link>}>
      <ApiProviders>
        <RegisterForm />
      </ApiProviders>
    </PublicPage>
  );
}

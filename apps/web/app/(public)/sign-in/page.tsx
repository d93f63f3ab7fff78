import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { PublicPage } from "#features/account/public-page.tsx";
import { SignInForm } from "#features/account/sign-in-form.tsx";
import { currentUser } from "#lib/session/current-user.ts";
import { safeReturnPath } from "#lib/session/return-path.ts";

export const metadata: Metadata = { title: "Sign in" };
type Props = { searchParams: Promise<{ from?: string | string[] }> };

export default async function SignInPage({ searchParams }: Props) {
  const { from } = await searchParams;
  const returnTo = typeof from === "string" ? from : undefined;
  if (await currentUser()) redirect(safeReturnPath(returnTo));
  return (
    <PublicPage
      title="Sign in"
      aside={
        <>
          <Link href="/forgot-password">Forgot your password?</Link>
          <br />
          No account yet? <Link href="/register">Ask for one</Link>; an administrator has to approve it.
        </>
      }
    >
      <SignInForm returnTo={returnTo} />
    </PublicPage>
  );
}

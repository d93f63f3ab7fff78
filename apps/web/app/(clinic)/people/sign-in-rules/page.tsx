import type { Metadata } from "next";
import { SignInRules } from "#features/user/sign-in-rules.tsx";
import { requirePermission } from "#lib/session/require-permission.ts";
import { PageHeader } from "#ui/page-header.tsx";

export const metadata: Metadata = { title: "Sign-in rules" };

export default async function SignInRulesPage() {
  await requirePermission("policy.manage");
  return (
    <>
      <PageHeader title="Sign-in rules" description="What signing in asks of the people of this organisation." />
      <SignInRules />
    </>
  );
}

import type { Metadata } from "next";
import { Account } from "#features/account/account.tsx";
import { requireUser } from "#lib/session/require-permission.ts";

export const metadata: Metadata = { title: "My account" };

export default async function AccountPage() {
  await requireUser({ evenWithoutFactor: true });
  return <Account />;
}

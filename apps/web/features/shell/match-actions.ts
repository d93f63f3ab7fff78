import { can, type Permission } from "@infirmary/shared/access";
import { foldName } from "@infirmary/shared/core";
import { destinationsFor } from "./navigation.ts";

export type Action = { href: string; label: string; keys?: string };

const actions: readonly (Action & { permission: Permission | null })[] = [
  { href: "/patients/new", label: "Register a patient", permission: "patient.write" },
  { href: "/encounters/new", label: "New visit", permission: "encounter.write" },
  { href: "/orders/new", label: "Order a lab test", permission: "order.create" },
  { href: "/people/new", label: "Add a person", permission: "user.manage" },
  { href: "/account", label: "My account", keys: "g m", permission: null },
];

/** The screens and actions open to these permissions whose words start with what was typed; all of them for nothing typed. */
export function matchActions(query: string, permissions: readonly Permission[]): Action[] {
  const open: Action[] = [
    ...destinationsFor(permissions),
    ...actions.filter(({ permission }) => permission === null || can(permissions, permission)),
  ];
  const typed = foldName(query).split(" ").filter(Boolean);
  return open.filter(({ label }) => {
    const words = foldName(label).split(" ");
    return typed.every((part) => words.some((word) => word.startsWith(part)));
  });
}

"use client";
import type { Permission } from "@infirmary/shared/access";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { useShortcutRegistration } from "#ui/shortcut.tsx";
import { destinationsFor } from "./navigation.ts";

/** `g p` and its kind: one sequence for each place the person can go, and one for the own account. */
export function useNavigationKeys(permissions: readonly Permission[]) {
  const router = useRouter();
  const add = useShortcutRegistration();
  const held = useRef(permissions);
  useEffect(() => {
    const group = "Go to";
    const places = [...destinationsFor(held.current), { href: "/account", label: "My account", keys: "g m" }];
    const removals = places.map(({ href, label, keys }) => add({ keys, label, group, run: () => router.push(href) }));
    return () => {
      for (const remove of removals) remove();
    };
  }, [add, router]);
}

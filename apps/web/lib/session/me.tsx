"use client";
import type { Permission } from "@infirmary/shared/access";
import { can } from "@infirmary/shared/access";
import type { Me } from "@infirmary/shared/auth";
import { createContext, type ReactNode, useContext, useMemo } from "react";

export type MeContext = {
  me: Me;
  permissions: readonly Permission[];
  /** Whether to offer something. The API decides again. */
  can: (permission: Permission) => boolean;
  /** IANA zone of the person's facility: every time on the screen is in it. */
  timeZone: string;
};

const Context = createContext<MeContext | null>(null);

export function MeProvider({ me, children }: { me: Me; children: ReactNode }) {
  const value = useMemo<MeContext>(
    () => ({
      me,
      permissions: me.permissions,
      can: (permission) => can(me.permissions, permission),
      timeZone: me.facility.timeZone,
    }),
    [me],
  );
  return <Context value={value}>{children}</Context>;
}

/** Who is signed in, on every screen of the clinic. */
export function useMe(): MeContext {
  const value = useContext(Context);
  if (!value) throw new Error("useMe() needs a MeProvider above it");
  return value;
}

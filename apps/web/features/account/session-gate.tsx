"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useSyncExternalStore } from "react";
import { gate } from "#lib/session/gate.ts";
import { LockScreen } from "./lock-screen.tsx";
import { Reauthenticate } from "./reauthenticate.tsx";
import { SignInAgain } from "./sign-in-again.tsx";
import { useIdleWatch } from "./use-idle-watch.ts";

/**
 * Asks the person, wherever they are, for what the calls that wait need, and covers a screen that is locked or whose session is over.
 * Mounted once, beside the shell. @param isLocked whether the screen was locked when the page was loaded
 */
export function SessionGate({ isLocked }: { isLocked: boolean }) {
  const { kind } = useSyncExternalStore(gate.subscribe, gate.state, gate.state);
  const queries = useQueryClient();
  useEffect(() => {
    const leave = gate.keep();
    if (isLocked) gate.show("locked");
    return leave;
  }, [isLocked]);
  useIdleWatch();
  // What happened meanwhile was not told to this screen.
  const comeBack = () => {
    gate.close(true);
    void queries.invalidateQueries();
  };
  if (kind === "signed-out") return <SignInAgain onDone={comeBack} />;
  if (kind === "locked") return <LockScreen onDone={comeBack} />;
  if (kind === "reauthenticate") return <Reauthenticate onDone={gate.close} />;
  return null;
}

"use client";
import { useQueryClient } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useEffect, useSyncExternalStore } from "react";
import { gate } from "#lib/session/gate.ts";
import { useIdleWatch } from "./use-idle-watch.ts";

const loadLockScreen = () => import("./lock-screen.tsx").then((module) => module.LockScreen);
const LockScreen = dynamic(loadLockScreen);
const Reauthenticate = dynamic(() => import("./reauthenticate.tsx").then((module) => module.Reauthenticate));
const SignInAgain = dynamic(() => import("./sign-in-again.tsx").then((module) => module.SignInAgain));
/** No screen locks earlier than after a minute: by then the cover is here, whatever the network does later. */
const coverAfterMs = 20_000;

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
  useEffect(() => {
    const timer = setTimeout(() => void loadLockScreen().catch(() => undefined), coverAfterMs);
    return () => clearTimeout(timer);
  }, []);
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

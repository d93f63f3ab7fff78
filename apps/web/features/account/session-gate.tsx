"use client";
import { useEffect, useSyncExternalStore } from "react";
import { gate } from "#lib/session/gate.ts";
import { Reauthenticate } from "./reauthenticate.tsx";

/** Asks the person, wherever they are, for what the calls that wait need. Mounted once, beside the shell. */
export function SessionGate() {
  const { kind } = useSyncExternalStore(gate.subscribe, gate.state, gate.state);
  useEffect(() => gate.keep(), []);
  if (kind === "reauthenticate") return <Reauthenticate onDone={gate.close} />;
  return null;
}

"use client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { idleMs, watchActivity } from "#lib/session/activity.ts";
import { gate } from "#lib/session/gate.ts";
import { useLockState, useStayAwake } from "./queries.ts";

/** A person at work says so at most this often, where nothing else of theirs reaches the server. */
const sayEveryMs = 60_000;
const lookEveryMs = 20_000;

/**
 * Keeps the session awake while a person works in this tab, and covers the screen when the server says it is locked. The server
 * decides; where it cannot be asked, a tab nobody touched for the time last told covers itself.
 */
export function useIdleWatch(): void {
  const queries = useQueryClient();
  const lockState = useLockState();
  const { mutate: stayAwake } = useMutation(useStayAwake());
  const latest = useRef({ lockState, stayAwake, saidMs: 0, allowedIdleMs: 15 * 60_000 });
  latest.current.lockState = lockState;
  latest.current.stayAwake = stayAwake;
  useEffect(() => {
    const watch = latest.current;
    const look = async () => {
      if (gate.state().kind === "locked" || gate.state().kind === "signed-out") return;
      try {
        const { isLocked, locksAt } = await queries.fetchQuery(watch.lockState);
        if (isLocked) gate.show("locked");
        else if (locksAt) watch.allowedIdleMs = Math.max(60_000, Date.parse(locksAt) - Date.now() + idleMs());
      } catch {
        if (idleMs() > watch.allowedIdleMs) gate.show("locked");
      }
    };
    const timer = setInterval(() => void look(), lookEveryMs);
    const onVisible = () => document.visibilityState === "visible" && void look();
    document.addEventListener("visibilitychange", onVisible);
    const stop = watchActivity(() => {
      if (gate.state().kind !== null || Date.now() - watch.saidMs < sayEveryMs) return;
      watch.saidMs = Date.now();
      watch.stayAwake();
    });
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", onVisible);
      stop();
    };
  }, [queries]);
}

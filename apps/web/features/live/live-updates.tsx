"use client";
import { useQueryClient } from "@tanstack/react-query";
import { useSubscription } from "@trpc/tanstack-react-query";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, useSyncExternalStore } from "react";
import { gate } from "#lib/session/gate.ts";
import { useTRPC } from "#lib/trpc/client.ts";
import classes from "./live-updates.module.css";
import { staleAfter } from "./stale-after.ts";

/** How long the stream may be away before it is worth a word: a reconnect takes less. */
const patienceMs = 3_000;

/**
 * The tab's one event stream: every event marks what it makes stale, and the screens that show it fetch again. Shows
 * nothing while it works; otherwise says that the screen may be behind.
 */
export function LiveUpdates() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const subscription = useSubscription(
    trpc.live.events.subscriptionOptions(undefined, {
      onData: ({ data }) => {
        for (const path of staleAfter(data.name)) void queries.invalidateQueries({ queryKey: [path] });
        // What this person may do, or where, has perhaps changed: the frame asks again who that is.
        if (data.name === "role.changed" || data.name === "facility.changed") router.refresh();
      },
    }),
  );
  // A locked or ended session hears nothing; once it is open again, so is the stream.
  const passed = useSyncExternalStore(gate.subscribe, gate.passed, gate.passed);
  const { reset } = subscription;
  const resetLatest = useRef(reset);
  resetLatest.current = reset;
  useEffect(() => {
    if (passed > 0) resetLatest.current();
  }, [passed]);
  const isDown = subscription.status === "connecting" || subscription.status === "error";
  const [isWorthAWord, setIsWorthAWord] = useState(false);
  useEffect(() => {
    if (!isDown) {
      setIsWorthAWord(false);
      return;
    }
    const timer = setTimeout(() => setIsWorthAWord(true), patienceMs);
    return () => clearTimeout(timer);
  }, [isDown]);
  // What happened while the stream was away is fetched when it is back.
  const [wasDown, setWasDown] = useState(false);
  useEffect(() => {
    if (isWorthAWord) setWasDown(true);
    else if (wasDown && !isDown) {
      setWasDown(false);
      void queries.invalidateQueries();
    }
  }, [isWorthAWord, wasDown, isDown, queries]);

  return (
    <span role="status" className={classes.hint}>
      {isWorthAWord ? "Reconnecting: what you see may not be the latest" : ""}
    </span>
  );
}

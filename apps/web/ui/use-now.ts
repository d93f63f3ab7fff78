"use client";
import { useEffect, useState } from "react";

/** The present time, kept present: changes every `everyMs` (default half a minute), for ages shown on the screen. */
export function useNow(everyMs = 30_000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

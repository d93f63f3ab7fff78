"use client";
import { useCallback, useRef } from "react";
import { useShortcut } from "./shortcut.tsx";

/**
 * `j` and `k` move the keyboard focus between the main links of a table's rows. The focus itself is the cursor: always
 * visible, read out by a screen reader, and Enter needs no handler.
 */
export function useRowCursor(label: string) {
  const ref = useRef<HTMLTableElement>(null);
  const move = useCallback((step: 1 | -1) => {
    const links = [...(ref.current?.querySelectorAll<HTMLElement>("[data-row-main]") ?? [])];
    const row = document.activeElement?.closest("tr");
    const at = links.findIndex((link) => row?.contains(link));
    const next = links[at === -1 ? (step === 1 ? 0 : links.length - 1) : at + step];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }, []);
  useShortcut({ keys: "j", label: "Next row", group: label }, () => move(1));
  useShortcut({ keys: "k", label: "Previous row", group: label }, () => move(-1));
  return ref;
}

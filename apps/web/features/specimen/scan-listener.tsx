"use client";
import { useEffect } from "react";
import { useMe } from "#lib/session/me.tsx";
import { ScanKeys } from "./scan-keys.ts";
import { useScanCode } from "./use-scan-code.ts";

/** Hears a scanner on every screen, as long as no field has the cursor: a field gets the scan itself. */
export function ScanListener() {
  const { can } = useMe();
  const { find } = useScanCode();
  const isOn = can("specimen.read");
  useEffect(() => {
    if (!isOn) return;
    const keys = new ScanKeys();
    const onKey = (event: KeyboardEvent) => {
      const { target } = event;
      if (target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable], [role=dialog]"))
        return;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const code = keys.press(event.key, event.timeStamp);
      if (code === null) return;
      event.preventDefault();
      event.stopPropagation();
      void find(code);
    };
    window.addEventListener("keydown", onKey, { capture: true });
    return () => window.removeEventListener("keydown", onKey, { capture: true });
  }, [isOn, find]);
  return null;
}

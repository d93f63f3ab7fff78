"use client";
import { useSearchParams } from "next/navigation";

const parameter = "document";

/** The document whose panel is open beside the screen. It stands in the address, so that a link leads to it and a reload keeps it. */
export function useOpenDocument() {
  const id = useSearchParams().get(parameter);
  const show = (next: string | null) => {
    const address = new URL(window.location.href);
    if (next) address.searchParams.set(parameter, next);
    else address.searchParams.delete(parameter);
    window.history.replaceState(null, "", address);
  };
  return { id, open: (next: string) => show(next), close: () => show(null) };
}

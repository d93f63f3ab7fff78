import { VisuallyHidden } from "@mantine/core";

/** Reads a changing text out to a screen reader without showing it: "12 patients found". */
export function LiveRegion({ children }: { children: string }) {
  return (
    <VisuallyHidden role="status" aria-live="polite">
      {children}
    </VisuallyHidden>
  );
}

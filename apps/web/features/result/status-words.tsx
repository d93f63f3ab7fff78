import { isFinal, observationStatusNames } from "@infirmary/shared/result";
import { StatusBadge } from "#ui/status-badge.tsx";

/** Final values need no word; everything else says what it is: preliminary, corrected, withdrawn. */
export function StatusWords({ status }: { status: string }) {
  if (status === "F" || status === "U") return null;
  const words = observationStatusNames[status] ?? (status === "" ? "No status" : `Status ${status}`);
  return <StatusBadge tone={isFinal(status) ? "plain" : "accent"}>{words}</StatusBadge>;
}

import type { PartState, PartStatus } from "@infirmary/shared/system";
import type { Work } from "../../../core/unit-of-work.ts";

/** Looks at one part of the installation; null where it has no such part. */
export type Look = (work: Work) => Promise<PartStatus | null>;

/** Says how a part is; advice only where something is to be done. */
export function partOf(
  { code, name }: { code: string; name: string },
  state: PartState,
  says: string,
  advice: string | null = null,
): PartStatus {
  return { code, name, state, says, advice: state === "ok" ? null : advice };
}

/** A length of time in words: `3 s`, `12 min`, `5 h`, `9 days`. @param seconds from 0 */
export function spell(seconds: number): string {
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  if (seconds < 48 * 3600) return `${Math.round(seconds / 3600)} h`;
  return `${Math.round(seconds / 86_400)} days`;
}

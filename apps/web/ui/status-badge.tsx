import type { ReactNode } from "react";
import classes from "./status-badge.module.css";

/** `critical` is filled red with the word in it; `abnormal` amber; `accent` needs doing; `plain` and `muted` are facts. */
export type Tone = "plain" | "muted" | "accent" | "abnormal" | "critical";

/** A state as a word in a frame. The word carries the meaning, the tone only helps the eye. */
export function StatusBadge({ tone = "plain", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={classes.badge} data-tone={tone}>
      {children}
    </span>
  );
}

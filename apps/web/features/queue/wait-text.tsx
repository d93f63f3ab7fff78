import { type QueueEntry, waitLevelNames, waitOf } from "@infirmary/shared/queue";
import classes from "./queue.module.css";

/** How long somebody has been waiting, in minutes; a long wait in amber and in words. */
export function WaitText({ entry, now }: { entry: QueueEntry; now: number }) {
  const { minutes, level } = waitOf(entry, now);
  return (
    <span className={classes.wait} data-level={level}>
      {minutes} min {level !== "fine" && <strong>{waitLevelNames[level]}</strong>}
    </span>
  );
}

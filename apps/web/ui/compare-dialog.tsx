"use client";
import { Button } from "@mantine/core";
import classes from "./compare-dialog.module.css";
import { DateTime } from "./date-time.tsx";
import { Dialog } from "./dialog.tsx";

/** One field as it is on the record, and as it was typed here. */
export type Difference = { label: string; theirs: string; mine: string };
type Props = {
  title: string;
  /** When the record was saved by somebody else. */
  savedAt: string;
  differences: readonly Difference[];
  onKeepMine: () => void;
  onTakeTheirs: () => void;
  /** Where both texts can stand one below the other. */
  onKeepBoth?: () => void;
  onClose: () => void;
};

/** Somebody saved the record while the form was open: both versions side by side, and nothing written yet. */
export function CompareDialog({ title, savedAt, differences, onKeepMine, onTakeTheirs, onKeepBoth, onClose }: Props) {
  return (
    <Dialog title={title} size={720} onClose={onClose}>
      <div className={classes.body}>
        <p>
          The record was saved again on <DateTime at={savedAt} />. Nothing of yours has been saved yet.
        </p>
        <table className={classes.table}>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">On the record now</th>
              <th scope="col">What you typed</th>
            </tr>
          </thead>
          <tbody>
            {differences.map(({ label, theirs, mine }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{theirs}</td>
                <td>{mine}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <div className={classes.actions}>
          <Button onClick={onKeepMine}>Keep what I typed, then check and save</Button>
          <Button variant="default" onClick={onTakeTheirs}>
            Take the record as it is now
          </Button>
          {onKeepBoth && (
            <Button variant="default" onClick={onKeepBoth}>
              Keep both
            </Button>
          )}
        </div>
      </div>
    </Dialog>
  );
}

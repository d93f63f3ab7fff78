"use client";
import { genderNames, type Patient } from "@infirmary/shared/patient";
import { Button, Modal } from "@mantine/core";
import { DateTime } from "#ui/date-time.tsx";
import { type Clash, changedByThem, clashes, type PatientDraft } from "./patient-draft.ts";
import classes from "./patient-form.module.css";

type Props = {
  base: Patient;
  current: Patient;
  draft: PatientDraft;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
  onClose: () => void;
};

/** Somebody saved this patient while the form was open: both versions side by side, and nothing written yet. */
export function StaleDialog({ base, current, draft, onKeepMine, onTakeTheirs, onClose }: Props) {
  const differing = clashes(base, current, draft);
  const theirs = changedByThem(base, current).filter(({ key }) => !differing.some((clash) => clash.key === key));
  return (
    <Modal
      opened
      onClose={onClose}
      title="Someone changed this patient while you were typing"
      size={720}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      <div className={classes.form}>
        <p>
          The record was saved again on <DateTime at={current.updatedAt} />. Nothing of yours has been saved yet.
        </p>
        <table className={classes.compare}>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">On the record now</th>
              <th scope="col">What you typed</th>
            </tr>
          </thead>
          <tbody>
            {differing.map((clash) => (
              <Row key={clash.key} clash={clash} />
            ))}
            {theirs.map((clash) => (
              <Row key={clash.key} clash={{ ...clash, mine: "(not changed by you)" }} />
            ))}
          </tbody>
        </table>
        <div className={classes.actions}>
          <Button onClick={onKeepMine}>Keep what I typed, then check and save</Button>
          <Button variant="default" onClick={onTakeTheirs}>
            Take the record as it is now
          </Button>
        </div>
      </div>
    </Modal>
  );
}

function Row({ clash }: { clash: Clash }) {
  return (
    <tr>
      <th scope="row">{clash.label}</th>
      <td>{shown(clash, clash.theirs)}</td>
      <td>{shown(clash, clash.mine)}</td>
    </tr>
  );
}

function shown({ key }: Clash, value: string): string {
  if (value === "") return "Not known";
  return key === "gender" && value in genderNames ? genderNames[value as keyof typeof genderNames] : value;
}

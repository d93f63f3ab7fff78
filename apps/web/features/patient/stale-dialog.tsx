"use client";
import { genderNames, type Patient } from "@infirmary/shared/patient";
import { CompareDialog } from "#ui/compare-dialog.tsx";
import { type Clash, changedByThem, clashes, type PatientDraft } from "./patient-draft.ts";

type Props = {
  base: Patient;
  current: Patient;
  draft: PatientDraft;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
  onClose: () => void;
};

/** Both versions of a patient somebody else saved while the form was open. */
export function StaleDialog({ base, current, draft, ...choices }: Props) {
  const both = clashes(base, current, draft);
  const onlyTheirs = changedByThem(base, current).filter(({ key }) => !both.some((clash) => clash.key === key));
  return (
    <CompareDialog
      title="Someone changed this patient while you were typing"
      savedAt={current.updatedAt}
      differences={[
        ...both.map((clash) => ({ ...clash, theirs: shown(clash, clash.theirs), mine: shown(clash, clash.mine) })),
        ...onlyTheirs.map((clash) => ({ ...clash, theirs: shown(clash, clash.theirs), mine: "Not changed by you" })),
      ]}
      {...choices}
    />
  );
}

function shown({ key }: Clash, value: string): string {
  if (value === "") return "Not known";
  return key === "gender" && value in genderNames ? genderNames[value as keyof typeof genderNames] : value;
}

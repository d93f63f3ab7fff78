"use client";
import { type ClinicalDocument, sectionsOf } from "@infirmary/shared/document";
import { CompareDialog } from "#ui/compare-dialog.tsx";
import { type DraftState, differing } from "./draft-state.ts";

type Props = { document: ClinicalDocument; state: DraftState; onResolve: (choice: "mine" | "theirs" | "both") => void };

/** Another window or person saved the draft first: both texts, and the choice between them. Closing keeps both. */
export function DraftConflict({ document, state, onResolve }: Props) {
  const { texts, conflict } = state;
  if (!conflict) return null;
  const keys = differing(state);
  const labels = new Map(sectionsOf(document, keys).map(({ key, label }) => [key, label]));
  return (
    <CompareDialog
      title="This draft was changed in another window"
      savedAt={conflict.savedAt}
      differences={keys.map((key) => ({
        label: labels.get(key) ?? key,
        theirs: conflict.sections[key] ?? "",
        mine: texts[key] ?? "",
      }))}
      onKeepMine={() => onResolve("mine")}
      onTakeTheirs={() => onResolve("theirs")}
      onKeepBoth={() => onResolve("both")}
      onClose={() => onResolve("both")}
    />
  );
}

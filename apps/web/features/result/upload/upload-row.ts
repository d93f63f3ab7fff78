import type { ResultPreview } from "@infirmary/shared/result";
import type { ApiError } from "#lib/trpc/api-error.ts";

/** Where a message of a dropped file stands. */
export type Stage =
  | { kind: "checking" }
  | { kind: "refused"; reason: string }
  | { kind: "unchecked"; error: ApiError }
  | { kind: "checked"; preview: ResultPreview }
  | { kind: "filing"; preview: ResultPreview }
  | { kind: "failed"; preview: ResultPreview; error: ApiError }
  | { kind: "filed"; preview: ResultPreview; isRepeat: boolean; orderStatus: string };

export type UploadRow = {
  id: string;
  fileName: string;
  /** `2 of 5` where the file holds several messages. */
  part: string | null;
  /** Ticked for filing. */
  isWanted: boolean;
  stage: Stage;
};

/** What a row says of itself in a word or two, and how loud. */
export type RowState = { words: string; tone: "plain" | "muted" | "accent" | "abnormal" };

export const previewOf = ({ stage }: UploadRow): ResultPreview | null => ("preview" in stage ? stage.preview : null);

/** Whether the row's message may be filed now: checked, nothing speaks against it, not filed before. */
export function isFileable({ stage }: UploadRow): boolean {
  if (stage.kind !== "checked" && stage.kind !== "failed") return false;
  const { preview } = stage;
  return preview.order !== null && preview.blockers.length === 0 && !preview.alreadyFiled;
}

/** Whether all the message lacks is that somebody chooses its order. */
export function needsChoice({ stage }: UploadRow): boolean {
  if (stage.kind !== "checked") return false;
  const { order, candidates, blockers, alreadyFiled } = stage.preview;
  return (
    !alreadyFiled && order === null && candidates.length > 0 && blockers.every(({ code }) => code === "order-mismatch")
  );
}

/** Whether something speaks against the patient: shown in red. */
export const isWrongPatient = (preview: ResultPreview) =>
  preview.blockers.some(({ code }) => code === "patient-mismatch");

export function stateOf(row: UploadRow): RowState {
  const { stage } = row;
  switch (stage.kind) {
    case "checking":
      return { words: "Checking", tone: "muted" };
    case "refused":
      return { words: "Not taken", tone: "plain" };
    case "unchecked":
      return { words: "Not checked", tone: "abnormal" };
    case "filing":
      return { words: "Filing", tone: "accent" };
    case "failed":
      return { words: "Not filed", tone: "abnormal" };
    case "filed":
      return { words: stage.isRepeat ? "Filed before" : "Filed ✓", tone: "muted" };
    case "checked":
      if (stage.preview.alreadyFiled) return { words: "Filed before", tone: "muted" };
      if (needsChoice(row)) return { words: "Choose order", tone: "abnormal" };
      if (!isFileable(row)) return { words: "Cannot be filed", tone: "plain" };
      return stage.preview.issues.some(({ severity }) => severity !== "info")
        ? { words: "Ready, see notes", tone: "accent" }
        : { words: "Ready", tone: "accent" };
  }
}

/** How many messages there are, how many would be filed by confirming, how many are under way or open. */
export function tally(rows: readonly UploadRow[]) {
  const isOpen = (row: UploadRow) => isFileable(row) || needsChoice(row) || row.stage.kind === "filing";
  return {
    all: rows.length,
    wanted: rows.filter((row) => row.isWanted && isFileable(row)).length,
    failed: rows.filter(({ stage }) => stage.kind === "failed" || stage.kind === "unchecked").length,
    unfinished: rows.filter((row) => isOpen(row) || row.stage.kind === "checking").length,
  };
}

/** What filing would do to the record, counted. */
export function effectsOf({ observations }: Pick<ResultPreview, "observations">): string {
  const count = (effect: string) => observations.filter((value) => value.effect === effect).length;
  const [fresh, replaced, same] = [count("new"), count("replaces"), count("same")];
  const parts = [
    fresh > 0 ? `${fresh} new` : "",
    replaced > 0 ? `${replaced} ${replaced === 1 ? "replaces a value" : "replace values"}` : "",
    same > 0 ? `${same} as filed` : "",
  ];
  return parts.filter(Boolean).join(", ") || "None";
}

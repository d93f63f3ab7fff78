import type { DocumentDraft, DocumentSections } from "@infirmary/shared/document";

/** What is typed in this window, and what the server has of it. */
export type DraftState = {
  texts: DocumentSections;
  /** As they were at the saving this window goes on from. */
  saved: DocumentSections;
  /** The number of that saving. */
  version: number;
  savedAt: string;
  /** What another window has saved meanwhile; nothing of ours is saved until somebody decides. */
  conflict: DocumentDraft | null;
};

export const openDraft = ({ sections, version, savedAt }: DocumentDraft): DraftState => ({
  texts: sections,
  saved: sections,
  version,
  savedAt,
  conflict: null,
});

export const type = (state: DraftState, key: string, text: string): DraftState => ({
  ...state,
  texts: { ...state.texts, [key]: text },
});

/** The parts that differ from what the server has. */
export function unsaved({ texts, saved }: Pick<DraftState, "texts" | "saved">): DocumentSections {
  return Object.fromEntries(Object.entries(texts).filter(([key, text]) => text !== (saved[key] ?? "")));
}

export const isSaved = (state: DraftState) => Object.keys(unsaved(state)).length === 0;

/** The server has taken what was sent; what was typed since stays unsaved. */
export const keepSaved = (state: DraftState, draft: DocumentDraft): DraftState => ({
  ...state,
  // A part that only another window has filled since is shown; one that is being typed in is not touched.
  texts: { ...draft.sections, ...state.texts },
  saved: draft.sections,
  version: draft.version,
  savedAt: draft.savedAt,
});

/** A draft that was fetched again: taken over where nothing is unsaved here, otherwise left for the next saving to find. */
export function meet(state: DraftState, draft: DocumentDraft): DraftState {
  return draft.version > state.version && isSaved(state) && !state.conflict ? openDraft(draft) : state;
}

/** Another window saved first. */
export const clash = (state: DraftState, theirs: DocumentDraft): DraftState => ({ ...state, conflict: theirs });

/** The parts that read differently here and there. */
export function differing({ texts, conflict }: DraftState): string[] {
  if (!conflict) return [];
  const keys = new Set([...Object.keys(texts), ...Object.keys(conflict.sections)]);
  return [...keys].filter((key) => (texts[key] ?? "") !== (conflict.sections[key] ?? ""));
}

/** Goes on from the other window's saving with our text, with theirs, or with both, ours below theirs. */
export function resolve(state: DraftState, choice: "mine" | "theirs" | "both"): DraftState {
  const { conflict: theirs, texts: mine } = state;
  if (!theirs) return state;
  const start = openDraft(theirs);
  if (choice === "theirs") return start;
  const both = (key: string) =>
    [theirs.sections[key] ?? "", mine[key] ?? ""].filter((text) => text.trim() !== "").join("\n\n");
  const decided = differing(state).map((key) => [key, choice === "mine" ? (mine[key] ?? "") : both(key)]);
  return { ...start, texts: { ...start.texts, ...Object.fromEntries(decided) } };
}

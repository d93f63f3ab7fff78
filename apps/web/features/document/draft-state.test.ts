import type { DocumentDraft } from "@infirmary/shared/document";
import fc from "fast-check";
import { expect, it } from "vitest";
import { clash, differing, isSaved, keepSaved, meet, openDraft, resolve, type, unsaved } from "./draft-state.ts";

const draft = (version: number, sections: Record<string, string>): DocumentDraft => ({
  version,
  sections,
  number: 1,
  kind: "original",
  reason: null,
  startedByName: "A",
  savedByName: "A",
  savedAt: `2026-11-02T08:0${version}:00.000Z`,
});

it("sends only what differs, and keeps what was typed while it was on its way", () => {
  const typed = type(openDraft(draft(1, { plan: "" })), "plan", "Rest");
  expect(unsaved(typed)).toEqual({ plan: "Rest" });
  const after = keepSaved(type(typed, "plan", "Rest and"), draft(2, { plan: "Rest" }));
  expect(after).toMatchObject({ version: 2, texts: { plan: "Rest and" } });
  expect(unsaved(after)).toEqual({ plan: "Rest and" });
  expect(isSaved(keepSaved(after, draft(3, { plan: "Rest and" })))).toBe(true);
});

it("takes over what another window saved only where nothing here is unsaved", () => {
  const open = openDraft(draft(1, { plan: "a" }));
  expect(meet(open, draft(2, { plan: "b" })).texts).toEqual({ plan: "b" });
  expect(meet(type(open, "plan", "mine"), draft(2, { plan: "b" })).texts).toEqual({ plan: "mine" });
  expect(meet(openDraft(draft(3, { plan: "c" })), draft(2, { plan: "b" })).texts).toEqual({ plan: "c" });
});

it("loses no text of either window, whatever is typed in them, where both are kept", () => {
  const texts = fc.dictionary(fc.constantFrom("subjective", "plan", "assessment"), fc.string());
  fc.assert(
    fc.property(texts, texts, (mine, theirs) => {
      const typed = Object.entries(mine).reduce(
        (state, [key, text]) => type(state, key, text),
        openDraft(draft(1, {})),
      );
      const state = clash(typed, draft(2, theirs));
      const both = resolve(state, "both");
      for (const text of [...Object.values(mine), ...Object.values(theirs)])
        if (text.trim() !== "") expect(Object.values(both.texts).some((kept) => kept.includes(text))).toBe(true);
      for (const key of differing(state)) {
        expect(resolve(state, "mine").texts[key]).toBe(mine[key] ?? "");
        expect(resolve(state, "theirs").texts[key] ?? "").toBe(theirs[key] ?? "");
      }
      expect(both).toMatchObject({ version: 2, conflict: null });
    }),
  );
});

import { describe, expect, it } from "vitest";
import { advance, chordOf, sequenceMs, worksInFields } from "./shortcut-keys.ts";

const press = (key: string, held: Partial<{ ctrlKey: boolean; metaKey: boolean; altKey: boolean }> = {}) =>
  chordOf({ key, ctrlKey: false, metaKey: false, altKey: false, ...held });
const known = ["j", "?", "mod+k", "g p", "g a"];

describe("the notation of a key press", () => {
  it("is the key, and mod+ for Ctrl and Command alike", () => {
    expect([press("j"), press("?"), press("K", { ctrlKey: true }), press("k", { metaKey: true })]).toEqual([
      "j",
      "?",
      "mod+k",
      "mod+k",
    ]);
  });
  it("is none for a lone modifier, an Alt combination or a letter being composed", () => {
    expect([press("Shift"), press("x", { altKey: true }), press("Dead")]).toEqual([null, null, null]);
  });
});

describe("what a press does", () => {
  it("fires a single key at once", () => expect(advance(known, null, "j", 0)).toEqual({ fire: "j", pending: null }));
  it("waits for the second key of a sequence, then fires it", () => {
    const first = advance(known, null, "g", 100);
    expect(first).toEqual({ fire: null, pending: { chord: "g", at: 100 } });
    expect(advance(known, first.pending, "p", 200)).toEqual({ fire: "g p", pending: null });
  });
  it("forgets the first key after a pause", () => {
    expect(advance(known, { chord: "g", at: 0 }, "p", sequenceMs + 1)).toEqual({ fire: null, pending: null });
  });
  it("lets the second key mean itself where the sequence is not known", () => {
    expect(advance(known, { chord: "g", at: 0 }, "j", 10).fire).toBe("j");
  });
  it("does nothing for a key nobody registered", () => expect(advance(known, null, "q", 0).fire).toBeNull());
  it("works inside text fields only with Ctrl", () => {
    expect([worksInFields("mod+k"), worksInFields("j")]).toEqual([true, false]);
  });
});

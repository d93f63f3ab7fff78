import { afterEach, describe, expect, it } from "vitest";
import { say, sayWithUndo, toastStore, undoMs } from "./toast-store.ts";

const texts = () => toastStore.list().map(({ text }) => text);
afterEach(() => {
  for (const { id } of toastStore.list()) toastStore.remove(id);
});

describe("messages", () => {
  it("offer undo for ten seconds", () => {
    sayWithUndo("Removed.", async () => undefined);
    expect(toastStore.list()[0]?.visibleMs).toBe(undoMs);
    expect(undoMs).toBe(10_000);
  });
  it("say that a step was taken back", async () => {
    let isBack = false;
    sayWithUndo("Removed.", async () => {
      isBack = true;
    });
    await toastStore.undo(toastStore.list()[0]?.id ?? 0);
    expect(isBack).toBe(true);
    expect(texts()).toEqual(["Undone."]);
  });
  it("say when taking back did not work", async () => {
    sayWithUndo("Removed.", () => Promise.reject(new Error("gone")));
    await toastStore.undo(toastStore.list()[0]?.id ?? 0);
    expect(texts()).toEqual(["Could not undo: Removed."]);
  });
  it("never pile up beyond four, and tell whoever listens", () => {
    let told = 0;
    const stop = toastStore.subscribe(() => told++);
    for (const text of ["1", "2", "3", "4", "5"]) say(text);
    stop();
    say("6");
    expect(texts()).toEqual(["3", "4", "5", "6"]);
    expect(told).toBe(5);
  });
  it("without undo have nothing to take back", async () => {
    say("Saved.");
    await toastStore.undo(toastStore.list()[0]?.id ?? 0);
    expect(texts()).toEqual(["Saved."]);
  });
});

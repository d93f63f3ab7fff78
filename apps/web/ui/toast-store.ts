/** A short message about something done; with `undo` it can be taken back while it shows. */
export type Toast = { id: number; text: string; undo: (() => Promise<unknown>) | null; visibleMs: number };

/** How long a reversible step can be undone. */
export const undoMs = 10_000;
const plainMs = 6_000;

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]) {
  toasts = next;
  for (const listener of listeners) listener();
}

/** The messages in the corner; lives outside React so that any handler can speak. */
export const toastStore = {
  list: () => toasts,
  subscribe: (listener: () => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  remove: (id: number) => set(toasts.filter((toast) => toast.id !== id)),
  /** Takes the step back; a failure is said, never swallowed. */
  undo: async (id: number) => {
    const toast = toasts.find((candidate) => candidate.id === id);
    if (!toast?.undo) return;
    toastStore.remove(id);
    try {
      await toast.undo();
      say("Undone.");
    } catch {
      say(`Could not undo: ${toast.text}`);
    }
  },
};

/** Says something for a few seconds. */
export function say(text: string) {
  set([...toasts.slice(-3), { id: ++lastId, text, undo: null, visibleMs: plainMs }]);
}

/** Says that a step was done and offers to take it back for ten seconds. */
export function sayWithUndo(text: string, undo: () => Promise<unknown>) {
  set([...toasts.slice(-3), { id: ++lastId, text, undo, visibleMs: undoMs }]);
}

/** How long after a touch or a key what the page sends counts as caused by it. */
const causedMs = 10_000;

let lastActionMs = 0;
const actions = ["pointerdown", "keydown", "wheel", "touchstart"] as const;

/** Listens for what only a person does. Returns how to stop. */
export function watchActivity(onAction: () => void): () => void {
  const noteAction = (event: Event) => {
    if (!event.isTrusted) return;
    lastActionMs = Date.now();
    onAction();
  };
  for (const name of actions) window.addEventListener(name, noteAction, { capture: true, passive: true });
  return () => {
    for (const name of actions) window.removeEventListener(name, noteAction, { capture: true });
  };
}

/** Milliseconds since the last action; since the page was opened where there was none. */
export const idleMs = () => Date.now() - lastActionMs;

/** Tells the API that a person caused this request. Without it nothing keeps the session awake. */
export const activityHeader = (): Record<string, string> => (idleMs() < causedMs ? { "x-infirmary-active": "1" } : {});

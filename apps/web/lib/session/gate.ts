/** Why calls wait: a fresh proof for a sensitive step, a locked screen, a session that is over. The later outranks the earlier. */
const ranks = ["reauthenticate", "locked", "signed-out"] as const;
export type GateKind = (typeof ranks)[number];

type State = { kind: GateKind | null; passed: number };

let state: State = { kind: null, passed: 0 };
let waiting: ((isPassed: boolean) => void)[] = [];
let keepers = 0;
const listeners = new Set<() => void>();

function set(next: State) {
  state = next;
  for (const listener of listeners) listener();
}

/**
 * Where calls wait that the API refused for the state of the session and not for what they ask: all of them behind one dialog, to be
 * sent again when it is done. Lives outside React, because calls do.
 */
export const gate = {
  state: () => state,
  subscribe(listener: () => void) {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  /** A screen that asks the person is there; without one nothing waits. Returns how to leave. */
  keep() {
    keepers++;
    return () => {
      keepers--;
      if (keepers === 0) gate.close(false);
    };
  },
  /** Counts how often the gate was passed: a call sent before the last time need not ask again. */
  passed: () => state.passed,
  /** Waits until the person proved who they are; false where they would not, or nobody can ask. */
  wait(kind: GateKind): Promise<boolean> {
    if (keepers === 0) return Promise.resolve(false);
    const answer = new Promise<boolean>((resolve) => void waiting.push(resolve));
    gate.show(kind);
    return answer;
  },
  /** Asks the person now, whether calls wait or not. */
  show(kind: GateKind) {
    if (keepers > 0 && (state.kind === null || ranks.indexOf(kind) > ranks.indexOf(state.kind)))
      set({ ...state, kind });
  },
  /** Lets everybody go: on with their calls, or with the refusal they had. */
  close(isPassed: boolean) {
    const released = waiting;
    waiting = [];
    if (state.kind !== null) set({ kind: null, passed: state.passed + (isPassed ? 1 : 0) });
    for (const resolve of released) resolve(isPassed);
  },
};

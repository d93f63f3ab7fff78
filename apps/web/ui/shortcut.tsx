"use client";
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from "react";
import { advance, chordOf, type Pending, worksInFields } from "./shortcut-keys.ts";

export type Shortcut = {
  /** `j`, `?`, `mod+k` or a sequence as `g p`. */
  keys: string;
  /** What it does, as the help sheet says it. */
  label: string;
  /** Heading in the help sheet. */
  group: string;
};
type Entry = Shortcut & { run: () => void };

const storageKey = "infirmary.single-keys";

/** Every shortcut of the screen in front of the person, the latest registration of a key first. */
class Registry {
  #entries: Entry[] = [];
  #listeners = new Set<() => void>();
  #shown: readonly Shortcut[] = [];

  add = (entry: Entry) => {
    this.#entries = [entry, ...this.#entries];
    this.#changed();
    return () => {
      this.#entries = this.#entries.filter((other) => other !== entry);
      this.#changed();
    };
  };
  find = (keys: string) => this.#entries.find((entry) => entry.keys === keys);
  known = () => this.#entries.map((entry) => entry.keys);
  subscribe = (listener: () => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };
  shown = () => this.#shown;

  #changed() {
    const seen = new Set<string>();
    this.#shown = this.#entries.filter(({ keys }) => !seen.has(keys) && seen.add(keys));
    for (const listener of this.#listeners) listener();
  }
}

type ShortcutContext = { registry: Registry; isOn: boolean; setOn: (on: boolean) => void };
const Context = createContext<ShortcutContext | null>(null);

function useShortcutContext() {
  const value = useContext(Context);
  if (!value) throw new Error("Shortcuts need a ShortcutProvider above them");
  return value;
}

/** Listens for the whole page. Single keys are off in text fields and can be turned off altogether (WCAG 2.1.4). */
export function ShortcutProvider({ children }: { children: ReactNode }) {
  const [registry] = useState(() => new Registry());
  const [isOn, setIsOn] = useState(true);
  const pending = useRef<Pending>(null);

  useEffect(() => setIsOn(localStorage.getItem(storageKey) !== "off"), []);
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const chord = chordOf(event);
      if (!chord || event.defaultPrevented || event.repeat) return;
      if (!worksInFields(chord) && (!isOn || isTyping(event.target) || isInDialog(event.target))) return;
      const step = advance(registry.known(), pending.current, chord, event.timeStamp);
      pending.current = step.pending;
      const entry = step.fire === null ? undefined : registry.find(step.fire);
      if (!entry) return;
      event.preventDefault();
      entry.run();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [registry, isOn]);

  const value = useMemo(
    () => ({
      registry,
      isOn,
      setOn: (on: boolean) => {
        localStorage.setItem(storageKey, on ? "on" : "off");
        setIsOn(on);
      },
    }),
    [registry, isOn],
  );
  return <Context value={value}>{children}</Context>;
}

/** Registers a shortcut while the component is on the screen and `enabled`; the innermost screen wins a key. */
export function useShortcut({ keys, label, group }: Shortcut, run: () => void, enabled = true) {
  const { registry } = useShortcutContext();
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(() => {
    if (!enabled) return;
    return registry.add({ keys, label, group, run: () => latest.current() });
  }, [registry, keys, label, group, enabled]);
}

/** For a list of shortcuts that is only known while running: registers one, answers how to take it away again. */
export function useShortcutRegistration() {
  const { registry } = useShortcutContext();
  return registry.add;
}

/** What the help sheet lists, and the switch for single keys. */
export function useShortcutList() {
  const { registry, isOn, setOn } = useShortcutContext();
  const shortcuts = useSyncExternalStore(registry.subscribe, registry.shown, registry.shown);
  return { shortcuts, isOn, setOn };
}

const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches("input:not([type=checkbox],[type=radio],[type=button]), textarea, select"));
const isInDialog = (target: EventTarget | null) =>
  target instanceof HTMLElement && target.closest("[role=dialog], [role=menu]") !== null;

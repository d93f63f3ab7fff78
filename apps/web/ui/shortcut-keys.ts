/** One key press, in the notation shortcuts are written in: `j`, `?`, `mod+k`, `Enter`, `Escape`. */
export type KeyPress = { key: string; ctrlKey: boolean; metaKey: boolean; altKey: boolean };

/** How a press is written; null for what is no shortcut (a lone modifier, an Alt combination, a composed letter). */
export function chordOf({ key, ctrlKey, metaKey, altKey }: KeyPress): string | null {
  if (altKey || ["Control", "Meta", "Shift", "Alt", "Dead", "Process"].includes(key)) return null;
  const name = key.length === 1 ? key.toLowerCase() : key;
  return ctrlKey || metaKey ? `mod+${name}` : name;
}

/** Longest pause between the two keys of `g p`. */
export const sequenceMs = 1_500;

export type Pending = { chord: string; at: number } | null;

/**
 * What a press does, given the press before it: the shortcut that fires, and what to remember for the next press.
 * @param known every registered shortcut, as `j` or `g p`
 */
export function advance(
  known: readonly string[],
  pending: Pending,
  chord: string,
  now: number,
): { fire: string | null; pending: Pending } {
  if (pending && now - pending.at <= sequenceMs) {
    const sequence = `${pending.chord} ${chord}`;
    if (known.includes(sequence)) return { fire: sequence, pending: null };
  }
  if (known.some((keys) => keys.startsWith(`${chord} `))) return { fire: null, pending: { chord, at: now } };
  return { fire: known.includes(chord) ? chord : null, pending: null };
}

/** Shortcuts that also work while typing: those no text can mean. */
export const worksInFields = (chord: string) => chord.startsWith("mod+");

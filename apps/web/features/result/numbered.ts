/** Gives things their place in a list as a key: what has no name of its own and never moves is told apart by its place. */
export const numbered = <T extends object>(things: readonly T[]): (T & { key: number })[] =>
  things.map((thing, key) => ({ ...thing, key }));

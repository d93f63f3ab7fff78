/** A whole number from 0 to below the limit, or 0 for a limit of 0. */
export type Random = (limit: number) => number;

/** The same numbers for the same seed, so that what was found can be run again (mulberry32). */
export function makeRandom(seed: number): Random {
  let state = seed | 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}

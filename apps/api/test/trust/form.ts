// biome-ignore lint/style/noProcessEnv: set by `npm run test:trust`; the short form otherwise
const { TRUST_LONG, TRUST_SEED } = process.env;

/** Whether the full numbers are asked for. */
export const isLong = TRUST_LONG === "1";
/** What random choices start from; printed by `npm run test:trust`. */
export const seed = Number(TRUST_SEED ?? 20_261_122);

/** The number of the long form, or that of the short one. */
export const many = (long: number, short: number): number => (isLong ? long : short);

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function randomFrom(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

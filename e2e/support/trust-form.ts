/** The long form of the tests of threats takes the full numbers: `npm run test:trust -- --long`. */
export const isLong = process.env.TRUST_LONG === "1";
export const many = (long: number, short: number): number => (isLong ? long : short);

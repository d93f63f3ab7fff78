export { removeFactors } from "./remove-factor.ts";
export { factorRouter } from "./router.ts";
export { guessCode, methodsOf } from "./verify-code.ts";

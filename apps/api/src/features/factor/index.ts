export { deleteOldPasskeyChallenges } from "./passkey-challenge.ts";
export { checkOwnPasskey, proveByPasskey, signInOptions } from "./passkey-proof.ts";
export { removeFactors } from "./remove-factor.ts";
export { factorRouter } from "./router.ts";
export { guessCode, methodsOf } from "./verify-code.ts";

export { loadCodes } from "./load-codes.ts";
export { readCodeFile } from "./read-code-file.ts";
export { diagnosisRouter } from "./router.ts";
export { knownCode } from "./write-diagnosis.ts";

export { diagnosisRouter } from "./router.ts";
export { knownCode } from "./write-diagnosis.ts";

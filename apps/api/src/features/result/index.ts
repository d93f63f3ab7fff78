export { faultsOf, refuseFaulty } from "./check-message.ts";
export { type Filed, fileGroup, type Submission } from "./file-group.ts";
export { type Content, type Interpreted, interpretMessage } from "./interpret-message.ts";
export { sealNotes } from "./notes.ts";
export { previewResult } from "./preview-result.ts";
export { Refusal } from "./refusal.ts";
export { resultRouter } from "./router.ts";
export { type Current, countValues, type Planned, planFiling, recordNumbersOf } from "./rules.ts";
export { listCurrent } from "./store.ts";

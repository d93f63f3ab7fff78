export { faultsOf } from "./check-message.ts";
export { type Filed, fileGroup, type Submission } from "./file-group.ts";
export { type Interpreted, interpretMessage } from "./interpret-message.ts";
export { Refusal } from "./refusal.ts";
export { resultRouter } from "./router.ts";
export { type Current, countValues, type Planned, planFiling } from "./rules.ts";

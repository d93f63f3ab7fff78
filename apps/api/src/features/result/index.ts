export { interpretMessage } from "./interpret-message.ts";
export { resultRouter } from "./router.ts";
export { type Current, countValues, type Planned, planFiling } from "./rules.ts";

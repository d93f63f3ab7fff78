export { parkMessages } from "./park-messages.ts";
export { unmatchedRouter } from "./router.ts";
export type { ParkedRow } from "./store.ts";

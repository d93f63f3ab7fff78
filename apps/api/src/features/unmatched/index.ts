export { parkMessages } from "./park-messages.ts";
export type { ParkedRow } from "./store.ts";

export { catalogRouter } from "./router.ts";
export { findLabTest } from "./store.ts";

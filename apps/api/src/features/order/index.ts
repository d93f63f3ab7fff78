export { type FiledCounts, statusAfterFiling } from "./filing.ts";
export { loadOrder } from "./order.ts";
export { orderRouter } from "./router.ts";
export { orderNumberFromSequence, resultTitle } from "./rules.ts";
export { findOrder, lockOrder, type OrderRow, storeFiling } from "./store.ts";

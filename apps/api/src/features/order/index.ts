export { type FiledCounts, statusAfterFiling } from "./filing.ts";
export { loadOrder, toOrder } from "./order.ts";
export { orderRouter } from "./router.ts";
export { resultTitle } from "./rules.ts";
export { findOrder, lockOrder, type OrderRow, orderSelect, storeFiling } from "./store.ts";

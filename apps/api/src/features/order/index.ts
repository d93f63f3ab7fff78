export { type FiledCounts, statusAfterFiling } from "./filing.ts";
export { type FilingOrder, lockOrders, storeFilings } from "./filing-store.ts";
export { loadOrder } from "./order.ts";
export { orderRouter } from "./router.ts";
export { orderNumberFromSequence, resultTitle } from "./rules.ts";
export { findOrder, type OrderRow } from "./store.ts";

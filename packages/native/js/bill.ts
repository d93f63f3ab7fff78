// The front of libbill: money, exact. docs/native.md says how to use it.
export { type AllocateOptions, type Allocation, allocate, type Payment, pay } from "./bill-allocate.ts";
export { format, parse } from "./bill-decimal.ts";
export { BillError, type BillErrorCode } from "./bill-error.ts";
export {
  type BillLine,
  type BillSums,
  type BillTax,
  type Invoice,
  type InvoiceOptions,
  invoice,
  LineSums,
} from "./bill-invoice.ts";
export type { Amount } from "./bill-native.ts";
export { type BillStep, stepHolds } from "./bill-trail.ts";

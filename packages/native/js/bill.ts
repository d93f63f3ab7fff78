// The front of libbill: money, exact. docs/native.md says how to use it.
export { type AllocateOptions, type Allocation, allocate, type Payment, pay } from "./bill-allocate.ts";
export {
  type Adjudication,
  adjudicate,
  type Benefit,
  type ClaimLine,
  type Coverage,
  type Outcome,
} from "./bill-claim.ts";
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
export { type BaseRate, baseRate, type DrgPayment, type DrgStay, type DrgTerms, payDrg } from "./bill-payment.ts";
export {
  type Drg,
  DrgTable,
  type IcdCode,
  IcdTable,
  loadDrgs,
  loadIcdCodes,
  type TableFile,
} from "./bill-table.ts";
export { type BillStep, stepHolds } from "./bill-trail.ts";

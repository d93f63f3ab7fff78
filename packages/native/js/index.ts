// The front door of the C core.

export type {
  AuthzDecision,
  AuthzExplanation,
  AuthzReason,
  AuthzRequest,
  AuthzResources,
  AuthzStep,
  AuthzSubject,
  Policy,
} from "./authz.ts";
export * as authz from "./authz.ts";
export { AuthzError, type AuthzErrorCode } from "./authz-error.ts";
export type { Amount, BillLine, BillStep, BillSums, Invoice } from "./bill.ts";
export * as bill from "./bill.ts";
export { BillError, type BillErrorCode } from "./bill-error.ts";
export type { OpenItem, Place, RingKey, SealItem, TokenField } from "./cutils.ts";
export * as cutils from "./cutils.ts";
export { CutilsError, type CutilsErrorCode } from "./cutils-error.ts";
export * as hl7 from "./hl7.ts";
export { Hl7Error, type Hl7ErrorCode } from "./hl7-error.ts";
export type { Hl7Message } from "./hl7-message.ts";
export type { Hl7Observation, Hl7ObservedAt, Hl7Order } from "./hl7-observation.ts";
export type { Hl7Precision, Hl7Timestamp } from "./hl7-timestamp.ts";

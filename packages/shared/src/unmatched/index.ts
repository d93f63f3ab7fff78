export { type UnmatchedReason, unmatchedReasonNames } from "./reason.ts";

export { type UnmatchedReason, unmatchedReasonNames } from "./reason.ts";
export {
  type UnmatchedCandidate,
  type UnmatchedDetail,
  type UnmatchedMessage,
  type UnmatchedStatus,
  unmatchedDetail,
  unmatchedListInput,
  unmatchedMatchInput,
  unmatchedMessage,
  unmatchedRejectInput,
  unmatchedStatuses,
  unmatchedStatusNames,
} from "./unmatched.ts";

/** Why a message could not be filed, for the desk where it waits. */
export const unmatchedReasonNames = {
  "message-invalid": "Faults in the message",
  "patient-not-found": "Patient not found",
  "patient-mismatch": "Patient does not fit the order",
  "order-not-found": "Order not found",
  "order-mismatch": "Order does not fit",
  "order-cancelled": "Order was cancelled",
  "code-not-found": "Test code not known",
  "result-superseded": "Older than the record",
  "control-id-reused": "Message number used twice",
} as const;
export type UnmatchedReason = keyof typeof unmatchedReasonNames;

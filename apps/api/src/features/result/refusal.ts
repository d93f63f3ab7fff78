import type { ErrorCode, FieldError } from "@infirmary/shared/core";
import type { UnmatchedReason } from "@infirmary/shared/unmatched";
import { AppError } from "../../core/app-error.ts";

const codes: Record<UnmatchedReason, ErrorCode> = {
  "message-invalid": "message-invalid",
  "patient-not-found": "patient-mismatch",
  "patient-mismatch": "patient-mismatch",
  "order-not-found": "order-mismatch",
  "order-mismatch": "order-mismatch",
  "order-cancelled": "wrong-transition",
  "code-not-found": "message-invalid",
  "result-superseded": "result-superseded",
  "control-id-reused": "control-id-reused",
};

/** A message that is not filed, and why: as an answer over REST, and as the reason it waits for at the desk. */
export class Refusal extends AppError {
  readonly reason: UnmatchedReason;

  constructor(reason: UnmatchedReason, options: { detail?: string; errors?: FieldError[] } = {}) {
    super(codes[reason], options);
    this.reason = reason;
  }
}

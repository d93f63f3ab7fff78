/** Why a policy was refused, or a policy could not be used. */
export type AuthzErrorCode =
  | "bad-argument"
  | "too-big"
  | "out-of-memory"
  | "syntax"
  | "unknown-name"
  | "duplicate-name"
  | "wrong-type"
  | "contradiction"
  | "unreachable-rule"
  | "disposed"
  | "re-entered";

/** The one error of authz. A decision never throws it for what stands in a request: that is denied, with the reason. */
export class AuthzError extends Error {
  override readonly name = "AuthzError";
  readonly code: AuthzErrorCode;
  /** Where in the policy's text: line and column (in bytes) from 1, offset in bytes from 0. */
  readonly line: number | undefined;
  readonly column: number | undefined;
  readonly offset: number | undefined;

  constructor(code: AuthzErrorCode, message: string, at?: { line: number; column: number; offset: number }) {
    super(at && at.line > 0 ? `${at.line}:${at.column}: ${message}` : message);
    this.code = code;
    this.line = at?.line;
    this.column = at?.column;
    this.offset = at?.offset;
  }
}

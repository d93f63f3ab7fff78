// The front of libauthz: access decisions from a readable policy. docs/native.md says how to use it.
export { AuthzError, type AuthzErrorCode } from "./authz-error.ts";
export {
  type AuthzDecision,
  type AuthzExplanation,
  type AuthzReason,
  type AuthzStep,
  compile,
  type Policy,
} from "./authz-policy.ts";
export type { AuthzRequest } from "./authz-request.ts";

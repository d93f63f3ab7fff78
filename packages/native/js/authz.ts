// The front of libauthz: access decisions from a readable policy. docs/native.md says how to use it.
export type { AuthzDecision, AuthzReason } from "./authz-decision.ts";
export { AuthzError, type AuthzErrorCode } from "./authz-error.ts";
export type { PackedResources as AuthzResources } from "./authz-packed.ts";
export { type AuthzExplanation, type AuthzStep, compile, type Policy } from "./authz-policy.ts";
export type { AuthzRequest } from "./authz-request.ts";
export type { AuthzSubject } from "./authz-subject.ts";

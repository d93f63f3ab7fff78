export {
  addressSubjects,
  factorSubjects,
  forgetName,
  insideSubjects,
  rememberPlace,
  resetUseSubjects,
  type Subject,
  signInSubjects,
} from "./subject.ts";
export {
  attempt,
  countFailures,
  countRegistration,
  countResetRequest,
  lockingFailures,
  refuseWhenThrottled,
} from "./throttle.ts";

export {
  addressSubjects,
  factorSubjects,
  forgetName,
  insideSubjects,
  rememberPlace,
  type Subject,
  signInSubjects,
} from "./subject.ts";
export { attempt, countFailures, countRegistration, lockingFailures, refuseWhenThrottled } from "./throttle.ts";

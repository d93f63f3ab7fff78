export {
  addressSubjects,
  countRegistration,
  factorSubjects,
  forgetFailures,
  guessInTurn,
  recordFailure,
  refuseWhenThrottled,
  type Subject,
  subjectsOf,
} from "./throttle.ts";

export { abnormalFlags, type FlagMeaning, flagMeaning, isAbnormal, isCritical } from "./flag.ts";
export { isFinal, observationStatusNames } from "./observation-status.ts";
export { type Observation, observation, type ResultPreview, resultPreview, type Trend, trend } from "./result.ts";

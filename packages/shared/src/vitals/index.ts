export { type EarlyWarning, type Risk, riskNames, risks } from "./early-warning.ts";
export { limits, type Measure, unlikelyOf } from "./limits.ts";
export { type News2Points, news2Of, news2Response } from "./news2.ts";
export { pewsOf } from "./pews.ts";
export { flagOf, type Range, referenceRange } from "./reference.ts";
export {
  type Consciousness,
  celsiusOf,
  consciousnessLevels,
  consciousnessNames,
  type RespiratoryEffort,
  respiratoryEfforts,
  type Vitals,
  type VitalsInput,
  vitals,
  vitalsInput,
} from "./vitals.ts";
export { ageInMonths, earlyWarningOf } from "./warn.ts";

export { compareDecimals, isDecimal } from "./decimal.ts";
export {
  ageDaysMax,
  type LabTest,
  type LabTestCreate,
  type LabTestDetail,
  type LabTestRange,
  type LabTestUpdate,
  labSetup,
  labTest,
  labTestCreate,
  labTestDetail,
  labTestList,
  labTestUpdate,
  labTestVersion,
  ofTest,
  type RangeWrite,
  rangeConditions,
  rangeWrite,
} from "./lab-test.ts";
export { isLoincCode } from "./loinc-code.ts";
export { ageInDays, type Judged, judge, judgeWritten, type RangeSubject, rangeFor, rangeText } from "./range.ts";
export { type ReadValue, readValue, type ValueType, valueTypeNames, valueTypes } from "./value.ts";

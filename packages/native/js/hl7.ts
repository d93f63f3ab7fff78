export { buildAck, type Hl7AckInput } from "./hl7-build-ack.ts";
export { buildAdt, type Hl7AdtInput } from "./hl7-build-adt.ts";
export { buildDft, type Hl7ChargeInput, type Hl7DftInput } from "./hl7-build-dft.ts";
export { buildOml, type Hl7LabOrderInput, type Hl7OmlInput, type Hl7SpecimenInput } from "./hl7-build-oml.ts";
export { buildOru, type Hl7ObservationInput, type Hl7OrderInput, type Hl7OruInput } from "./hl7-build-oru.ts";
export type {
  Hl7Code,
  Hl7Head,
  Hl7Identifier,
  Hl7Party,
  Hl7PatientInput,
  Hl7Person,
  Hl7Place,
  Hl7VisitInput,
} from "./hl7-build-parts.ts";
export { buildSiu, type Hl7SiuInput } from "./hl7-build-siu.ts";
export { Hl7Error, type Hl7ErrorCode } from "./hl7-error.ts";
export { Framer, frame } from "./hl7-framer.ts";
export type { Hl7Message } from "./hl7-message.ts";
export type { Hl7Observation, Hl7ObservedAt, Hl7Order } from "./hl7-observation.ts";
export { parseMessage as parse } from "./hl7-parse.ts";
export { split } from "./hl7-split.ts";
export { type Hl7Precision, type Hl7Timestamp, parseTimestamp } from "./hl7-timestamp.ts";
export {
  type Hl7Ack,
  type Hl7Disposition,
  type Hl7Issue,
  type Hl7Profile,
  type Hl7Report,
  type Hl7ValidateOptions,
  validate,
} from "./hl7-validate.ts";
export { type Hl7FileReport, validateAll } from "./hl7-validate-all.ts";
export { validateAsync } from "./hl7-validate-async.ts";

export { buildAck, type Hl7AckInput } from "./hl7-build-ack.ts";
export {
  buildOru,
  type Hl7Code,
  type Hl7ObservationInput,
  type Hl7OrderInput,
  type Hl7OruInput,
  type Hl7Party,
} from "./hl7-build-oru.ts";
export { Hl7Error, type Hl7ErrorCode } from "./hl7-error.ts";
export { Framer, frame } from "./hl7-framer.ts";
export { type Hl7Message, parseMessage as parse } from "./hl7-message.ts";
export type { Hl7Observation, Hl7ObservedAt, Hl7Order } from "./hl7-observation.ts";
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

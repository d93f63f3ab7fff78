import { z } from "zod";
import { rangeConditions } from "../catalog/lab-test.ts";
import { optionalText, uuid } from "../core/field.ts";
import { pageInput } from "../core/page.ts";
import { genders } from "../patient/patient.ts";

export const specimenStatuses = z.enum(["COLLECTED", "RECEIVED", "STORED", "REJECTED", "DISCARDED"]);
export type SpecimenStatus = z.infer<typeof specimenStatuses>;
export const specimenStatusNames: Record<SpecimenStatus, string> = {
  COLLECTED: "Collected",
  RECEIVED: "In the laboratory",
  STORED: "Stored",
  REJECTED: "Rejected",
  DISCARDED: "Discarded",
};

/** Which step leads where; whatever is not here is refused. */
export const specimenMoves = {
  COLLECTED: ["RECEIVED", "REJECTED", "DISCARDED"],
  RECEIVED: ["REJECTED", "STORED", "DISCARDED"],
  STORED: ["RECEIVED", "DISCARDED"],
  REJECTED: [],
  DISCARDED: [],
} as const satisfies Record<SpecimenStatus, readonly SpecimenStatus[]>;

export const rejectReasons = {
  HEMOLYZED: "Hemolyzed",
  CLOTTED: "Clotted",
  INSUFFICIENT: "Not enough material",
  WRONG_CONTAINER: "Wrong container",
  UNLABELLED: "No label",
  MISLABELLED: "Label does not fit the request",
  LEAKED: "Leaked or broken",
  TOO_OLD: "Too long on the way",
  CONTAMINATED: "Contaminated",
  OTHER: "Another reason",
} as const;
export type RejectReason = keyof typeof rejectReasons;
const reason = z.enum(Object.keys(rejectReasons) as [RejectReason, ...RejectReason[]]);

/** A place in the department: letters, digits and a few marks, so that it names no person. */
export const placeText = z
  .string()
  .max(40)
  .trim()
  .regex(/^[A-Za-z0-9][A-Za-z0-9 .,/-]*$/, "Letters, digits, spaces and . , / - only.");
const version = z.number().int().min(1).optional();
const ofSpecimen = z.strictObject({ id: uuid, version });

export const specimenCollect = z.strictObject({
  orderIds: z.array(uuid).min(1).max(30),
  condition: z.enum(rangeConditions).nullish(),
  collectedAt: z.iso.datetime({ offset: true }).max(40).optional(),
  /** The rejected one that it is collected again for. */
  replacesId: uuid.optional(),
});
/** `barcode`, as scanned, must be that of the specimen: a hand that took the wrong tube is told. */
export const specimenReceive = ofSpecimen.extend({
  barcode: z.string().max(40).optional(),
  receivedAt: z.iso.datetime({ offset: true }).max(40).optional(),
});
export const specimenReject = ofSpecimen.extend({ reason, note: optionalText(300) });
export const specimenStore = ofSpecimen.extend({ place: placeText });
export const specimenDiscard = ofSpecimen.extend({ note: optionalText(300) });
export const specimenAliquot = ofSpecimen.extend({ place: placeText.optional() });
export const specimenList = pageInput.extend({ status: specimenStatuses.optional() });

export const specimen = z.object({
  id: z.string(),
  barcode: z.string(),
  status: specimenStatuses,
  patientId: z.string(),
  patient: z.object({
    mrn: z.string(),
    firstName: z.string(),
    lastName: z.string(),
    dateOfBirth: z.string(),
    gender: genders,
  }),
  specimenName: z.string().nullable(),
  containerName: z.string().nullable(),
  cap: z.string().nullable(),
  condition: z.enum(rangeConditions).nullable(),
  collectedAt: z.string(),
  collectedByName: z.string(),
  receivedAt: z.string().nullable(),
  rejectedAt: z.string().nullable(),
  rejectReason: reason.nullable(),
  place: z.string().nullable(),
  parentId: z.string().nullable(),
  replacesId: z.string().nullable(),
  /** The one that was collected in its place. */
  replacedById: z.string().nullable(),
  orders: z.array(
    z.object({
      id: z.string(),
      orderNumber: z.string(),
      testName: z.string(),
      priority: z.enum(["STAT", "URGENT", "ROUTINE"]),
      status: z.string(),
    }),
  ),
  version: z.number(),
});
export type Specimen = z.infer<typeof specimen>;

/** A tube with its whole way, oldest step first. */
export const specimenDetail = specimen.extend({
  facilityName: z.string(),
  aliquots: z.array(z.object({ id: z.string(), barcode: z.string(), status: specimenStatuses })),
  history: z.array(
    z.object({
      id: z.string(),
      kind: z.enum(["COLLECTED", "LABELLED", "RECEIVED", "REJECTED", "ALIQUOTED", "STORED", "DISCARDED"]),
      at: z.string(),
      byName: z.string(),
      byScan: z.boolean(),
      detail: z.string().nullable(),
      note: z.string().nullable(),
    }),
  ),
});
export type SpecimenDetail = z.infer<typeof specimenDetail>;

/** What stands on a label: a Code 128 as its bars and a QR code as its dots, both as the path of an SVG, and the lines beside them. */
export const specimenLabel = z.object({
  barcode: z.string(),
  bars: z.object({ width: z.number(), path: z.string() }),
  dots: z.object({ size: z.number(), path: z.string() }),
  lines: z.array(z.string()),
});
export type SpecimenLabel = z.infer<typeof specimenLabel>;

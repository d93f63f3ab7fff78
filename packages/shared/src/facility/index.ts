import { z } from "zod";
import { optionalText, text, uuid } from "../core/field.ts";
import { timeZone } from "./time-zone.ts";

export { isTimeZone } from "./time-zone.ts";

/** A site of the organisation; `timeZone` is an IANA name and rules how its times are shown. */
export const facility = z.object({ id: z.string(), code: z.string(), name: z.string(), timeZone: z.string() });
export type Facility = z.infer<typeof facility>;

/** What is inside a facility. A ward stands in a department, a room in a ward or a department, or each in none. */
export const locationKind = z.enum(["DEPARTMENT", "WARD", "ROOM"]);
export type LocationKind = z.infer<typeof locationKind>;

/** The kinds that one of a kind may stand in. */
export const parentKinds: Record<LocationKind, readonly LocationKind[]> = {
  DEPARTMENT: [],
  WARD: ["DEPARTMENT"],
  ROOM: ["WARD", "DEPARTMENT"],
};

/** How many departments, wards and rooms a facility may have, together. */
export const locationsMax = 2000;

export const location = z.object({
  id: z.string(),
  facilityId: z.string(),
  kind: locationKind,
  parentId: z.string().nullable(),
  code: z.string(),
  name: z.string(),
  isActive: z.boolean(),
  version: z.number(),
});
export type Location = z.infer<typeof location>;

/** A facility as who looks after it sees it, with how many of each kind are in use and how many people work there. */
export const facilityItem = facility.extend({
  address: z.string().nullable(),
  isActive: z.boolean(),
  version: z.number(),
  departments: z.number(),
  wards: z.number(),
  rooms: z.number(),
  people: z.number(),
});
export type FacilityItem = z.infer<typeof facilityItem>;

export const facilityDetail = facilityItem.extend({ locations: z.array(location) });
export type FacilityDetail = z.infer<typeof facilityDetail>;

/** Letters, digits and dashes: it goes into messages and onto labels. */
const code = text(20).regex(/^[A-Za-z0-9][A-Za-z0-9-]*$/, "Use letters, digits and dashes.");
const version = z.coerce.number().int().min(1);

export const facilityCreate = z.strictObject({
  code,
  name: text(120),
  timeZone,
  address: optionalText(500),
});
export type FacilityCreate = z.infer<typeof facilityCreate>;

export const facilityUpdate = z.strictObject({
  id: uuid,
  version,
  code: code.optional(),
  name: text(120).optional(),
  timeZone: timeZone.optional(),
  address: optionalText(500),
  isActive: z.boolean().optional(),
});
export type FacilityUpdate = z.infer<typeof facilityUpdate>;

/** `id` is the facility's. */
export const locationAdd = z.strictObject({
  id: uuid,
  kind: locationKind,
  code,
  name: text(120),
  parentId: uuid.nullish(),
});
export type LocationAdd = z.infer<typeof locationAdd>;

export const locationUpdate = z.strictObject({
  id: uuid,
  version,
  code: code.optional(),
  name: text(120).optional(),
  parentId: uuid.nullish(),
  isActive: z.boolean().optional(),
});
export type LocationUpdate = z.infer<typeof locationUpdate>;

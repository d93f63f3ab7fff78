/** The demo organisation and its two sites, in two time zones. */
export const demoTenant = { slug: "st-annes", name: "St Anne's Hospital", mrnAuthorities: ["STANNES"] } as const;

export const demoFacilities = [
  { code: "MAIN", name: "St Anne's Main", timeZone: "America/New_York" },
  { code: "RIVER", name: "Riverside Clinic", timeZone: "America/Chicago" },
] as const;
export type DemoFacilityCode = (typeof demoFacilities)[number]["code"] | "HARB";

/** Wards, departments and rooms of the first site. */
export const demoLocations = [
  { kind: "DEPARTMENT", code: "MED", name: "Internal medicine", parent: null },
  { kind: "DEPARTMENT", code: "LAB", name: "Laboratory", parent: null },
  { kind: "ROOM", code: "C1", name: "Consulting room 1", parent: "MED" },
  { kind: "ROOM", code: "C2", name: "Consulting room 2", parent: "MED" },
  { kind: "WARD", code: "W3", name: "Ward 3", parent: "MED" },
  { kind: "ROOM", code: "301", name: "Room 301", parent: "W3" },
  { kind: "ROOM", code: "302", name: "Room 302", parent: "W3" },
] as const;

/** What is inside the second site. */
export const demoRiverLocations = [
  { kind: "DEPARTMENT", code: "FAM", name: "Family medicine", parent: null },
  { kind: "DEPARTMENT", code: "OUT", name: "Outpatients", parent: null },
  { kind: "ROOM", code: "R1", name: "Consulting room 1", parent: "FAM" },
  { kind: "ROOM", code: "R2", name: "Consulting room 2", parent: "FAM" },
  { kind: "ROOM", code: "R3", name: "Treatment room", parent: "OUT" },
] as const;

/** A second organisation on the same installation, so that it can be seen that neither sees the other. */
export const neighbourTenant = { slug: "harbor", name: "Harbor Medical Group", mrnAuthorities: ["HARBOR"] } as const;
export const neighbourFacilities = [{ code: "HARB", name: "Harbor Clinic", timeZone: "America/New_York" }] as const;

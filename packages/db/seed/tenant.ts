/** The demo organisation and its two sites, in two time zones. */
export const demoTenant = { slug: "st-annes", name: "St Anne's Hospital", mrnAuthorities: ["STANNES"] } as const;

export const demoFacilities = [
  { code: "MAIN", name: "St Anne's Main", timeZone: "America/New_York" },
  { code: "RIVER", name: "Riverside Clinic", timeZone: "America/Chicago" },
] as const;
export type DemoFacilityCode = (typeof demoFacilities)[number]["code"];

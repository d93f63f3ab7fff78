/** Where patients of the demo are called to, at the first site. */
export const demoServicePoints = [
  { code: "R", name: "Reception" },
  { code: "T", name: "Triage" },
  { code: "C", name: "Consulting room 1" },
] as const;

/** Those who wait in the demo and not simply by their turn: by the index in the list of patients. */
export const demoQueue = [
  { patient: 4, priority: "URGENT", point: "C", isCalled: false },
  { patient: 57, priority: "ROUTINE", point: "T", isCalled: true },
] as const;

import type { DemoFacilityCode } from "./tenant.ts";

export type DemoUser = {
  username: string;
  /** Known to everybody who reads the README: never loaded where the operator did not ask for demo data. */
  password: string;
  fullName: string;
  email: string;
  role: "admin" | "doctor" | "nurse" | "lab_technician" | "billing_clerk" | "privacy_officer";
  facilities: readonly DemoFacilityCode[];
};

/** One person of each role, a second doctor and a second technician at the first site, and a doctor who works at the second site only. */
export const demoUsers = [
  {
    username: "admin",
    password: "admin123!",
    fullName: "Grace Adeyemi",
    email: "grace.adeyemi@example.org",
    role: "admin",
    facilities: ["MAIN", "RIVER"],
  },
  {
    username: "dr.smith",
    password: "doctor123!",
    fullName: "Dr. John Smith",
    email: "john.smith@example.org",
    role: "doctor",
    facilities: ["MAIN", "RIVER"],
  },
  {
    username: "nurse.jane",
    password: "nurse123!",
    fullName: "Jane Whitfield",
    email: "jane.whitfield@example.org",
    role: "nurse",
    facilities: ["MAIN", "RIVER"],
  },
  {
    username: "lab.tech",
    password: "lab123!",
    fullName: "Tomás Herrera",
    email: "tomas.herrera@example.org",
    role: "lab_technician",
    facilities: ["MAIN", "RIVER"],
  },
  {
    username: "billing.clerk",
    password: "billing123!",
    fullName: "Priya Raman",
    email: "priya.raman@example.org",
    role: "billing_clerk",
    facilities: ["MAIN"],
  },
  {
    username: "privacy.officer",
    password: "privacy123!",
    fullName: "Ingrid Solberg",
    email: "ingrid.solberg@example.org",
    role: "privacy_officer",
    facilities: ["MAIN", "RIVER"],
  },
  {
    username: "dr.chen",
    password: "doctor123!",
    fullName: "Dr. Lin Chen",
    email: "lin.chen@example.org",
    role: "doctor",
    facilities: ["RIVER"],
  },
  {
    username: "dr.patel",
    password: "doctor123!",
    fullName: "Dr. Meera Patel",
    email: "meera.patel@example.org",
    role: "doctor",
    facilities: ["MAIN"],
  },
  {
    username: "lab.lind",
    password: "lab123!",
    fullName: "Sofia Lindqvist",
    email: "sofia.lindqvist@example.org",
    role: "lab_technician",
    facilities: ["MAIN", "RIVER"],
  },
] as const satisfies readonly DemoUser[];

/** A person who starts next week: invited, without a password yet. */
export const demoInvited = {
  username: "nurse.okafor",
  fullName: "Chidi Okafor",
  email: "chidi.okafor@example.org",
  role: "nurse",
  facilities: ["RIVER"],
} as const satisfies Omit<DemoUser, "password">;

/** The people of the second organisation. */
export const neighbourUsers = [
  {
    username: "harbor.admin",
    password: "admin123!",
    fullName: "Miriam Castellanos",
    email: "miriam.castellanos@example.org",
    role: "admin",
    facilities: ["HARB"],
  },
  {
    username: "dr.lopez",
    password: "doctor123!",
    fullName: "Dr. Ana López",
    email: "ana.lopez@example.org",
    role: "doctor",
    facilities: ["HARB"],
  },
] as const satisfies readonly DemoUser[];

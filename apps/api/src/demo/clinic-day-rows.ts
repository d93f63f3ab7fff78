import type { DemoVisit, DemoVitals } from "@infirmary/db/seed";
import type { EarlyWarning, Risk } from "@infirmary/shared/vitals";
import type { AuditInput } from "../core/audit.ts";
import type { DemoPerson } from "./store.ts";

/** How an audit entry of the demo gets its person, time and place. */
export type NoteDeed = (person: DemoPerson, at: Date, facilityId: string, entry: AuditInput) => void;

/** Rows of the visits, with the times they would have been written at; sealed columns in base64. */
export type ClinicDay = {
  visits: VisitRow[];
  vitals: VitalsRow[];
  diagnoses: {
    id: string;
    encounterId: string;
    patientId: string;
    code: string;
    title: string;
    rank: string;
    recordedById: string;
    recordedAt: Date;
  }[];
  allergies: {
    id: string;
    patientId: string;
    substance: string;
    severity: string;
    reactionSealed: string | null;
    recordedById: string;
    recordedAt: Date;
  }[];
  problems: {
    id: string;
    patientId: string;
    code: string;
    title: string;
    onsetDate: string | null;
    recordedById: string;
    recordedAt: Date;
  }[];
  profiles: { patientId: string; allergyStatus: string; askedById: string; askedAt: Date }[];
  events: {
    id: string;
    at: Date;
    actorId: string;
    patientId: string;
    encounterId: string;
    name: string;
    detail: object | null;
  }[];
};

export type VisitRow = {
  id: string;
  facilityId: string;
  patientId: string;
  providerId: string;
  status: DemoVisit["status"];
  reasonSealed: string;
  scheduledAt: Date;
  arrivedAt: Date | null;
  triagedAt: Date | null;
  consultStartedAt: Date | null;
  completedAt: Date | null;
  cancelledAt: Date | null;
  cancelReasonSealed: string | null;
  assessmentSealed: string | null;
  planSealed: string | null;
  scoreKind: EarlyWarning["kind"] | null;
  score: number | null;
  scoreRisk: Risk | null;
  scoreMissing: string[];
  createdById: string;
  createdAt: Date;
};

export type VitalsRow = Omit<DemoVitals, "minutesAgo"> & {
  id: string;
  encounterId: string;
  patientId: string;
  temperatureEntered: string;
  oxygenFlow: number | null;
  scoreKind: EarlyWarning["kind"];
  score: number;
  scoreRisk: Risk;
  scoreMissing: string[];
  takenAt: Date;
  recordedById: string;
};

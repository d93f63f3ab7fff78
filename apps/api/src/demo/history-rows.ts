import type { DemoOrder, OruPatient } from "@infirmary/db/seed";
import type { AuditInput } from "../core/audit.ts";
import type { countValues, Planned } from "../features/result/index.ts";
import type { DemoPerson } from "./store.ts";

/** Rows of the past, with the times they would have been written at. */
export type History = {
  orders: HistoryOrder[];
  messages: HistoryMessage[];
  observations: HistoryObservation[];
  reviews: HistoryReview[];
  notifications: HistoryNotification[];
  audits: HistoryAudit[];
};

export type HistoryOrder = Omit<DemoOrder, "patient"> & {
  id: string;
  orderNumber: string;
  testName: string;
  patientId: string;
  patient: OruPatient;
  facilityId: string;
  orderedById: string;
  completedAt: Date | null;
  updatedAt: Date;
  version: number;
  counts: ReturnType<typeof countValues>;
};

export type HistoryMessage = {
  id: string;
  orderId: string;
  patientId: string;
  receivedAt: Date;
  receivedById: string;
  sender: string;
  controlId: string;
  contentHash: Buffer;
  rawSealed: Buffer;
  sizeBytes: number;
  fileName: string;
  sentText: string;
  type: string;
  version: string;
};

export type HistoryObservation = {
  id: string;
  orderId: string;
  patientId: string;
  messageId: string;
  filedAt: Date;
  step: Planned;
};

export type HistoryReview = {
  id: string;
  orderId: string;
  orderVersion: number;
  reviewedById: string;
  comment: string | null;
  reviewedAt: Date;
};

export type HistoryNotification = {
  id: string;
  userId: string;
  kind: string;
  title: string;
  orderId: string;
  patientId: string;
  createdAt: Date;
  readAt: Date | null;
};

export type HistoryAudit = AuditInput & { at: Date; person: DemoPerson; facilityId: string };

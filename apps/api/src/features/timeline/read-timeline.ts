import type { Page } from "@infirmary/shared/core";
import type { TimelineItem, TimelineQuery } from "@infirmary/shared/timeline";
import { z } from "zod";
import { decodeCursor, exactTime, pageFrom } from "../../core/cursor.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { loadEncounter } from "../encounter/index.ts";
import { loadPatient } from "../patient/index.ts";
import { listEvents } from "./store.ts";
import { namesOf, tell } from "./tell.ts";

const keys = z.strictObject({ at_exact: exactTime, id: z.uuid() });

/** What happened to a patient, the latest first; the audit log keeps the look. */
export async function timelineOfPatient(work: Work, query: TimelineQuery): Promise<Page<TimelineItem>> {
  await loadPatient(work, { id: query.id });
  return read(work, query, { patientId: query.id, encounterId: null });
}

/** What happened in a visit, the latest first. */
export async function timelineOfEncounter(work: Work, query: TimelineQuery): Promise<Page<TimelineItem>> {
  const { patientId } = await loadEncounter(work, { id: query.id });
  return read(work, query, { patientId, encounterId: query.id });
}

async function read(
  { connection, scope, audit }: Work,
  { cursor, limit, type }: TimelineQuery,
  of: { patientId: string; encounterId: string | null },
): Promise<Page<TimelineItem>> {
  audit({ action: "timeline.read", entity: "timeline", entityId: of.encounterId, patientId: of.patientId });
  const rows = await listEvents(
    connection,
    { tenantId: scope.tenantId, ...of, names: namesOf(type) },
    { after: decodeCursor(cursor, keys), limit: limit + 1 },
  );
  return pageFrom(rows, limit, tell, ({ at_exact, id }) => ({ at_exact, id }));
}

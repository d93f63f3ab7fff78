import type { Page } from "@infirmary/shared/core";
import type { Encounter, EncounterList } from "@infirmary/shared/encounter";
import { z } from "zod";
import { decodeCursor, exactTime, pageFrom } from "../../core/cursor.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { toEncounters } from "./encounter.ts";
import { listEncounterRows } from "./store.ts";

const keys = z.strictObject({ scheduled_at_exact: exactTime, id: z.uuid() });

/** A page of visits: of the facility worked at, of one patient, or one's own wherever they are. The patients shown stand in the audit entry. */
export async function listEncounters(
  { connection, scope, platform, audit }: Work,
  { limit, cursor, sort, status, mine, patientId, from, to }: EncounterList,
): Promise<Page<Encounter>> {
  const { tenantId } = scope;
  const filter = {
    tenantId,
    patientId,
    statuses: status === undefined ? [] : [status].flat(),
    providerId: mine ? scope.actor?.userId : undefined,
    facilityId: mine || patientId ? undefined : scope.actor?.facility.id,
    from,
    to,
  };
  const rows = await listEncounterRows(connection, filter, {
    sort,
    after: decodeCursor(cursor, keys),
    limit: limit + 1,
  });
  const page = pageFrom(
    rows,
    limit,
    (row) => row,
    (row) => ({ scheduled_at_exact: row.scheduled_at_exact, id: row.id }),
  );
  const items = toEncounters(platform.keys, tenantId, page.items);
  const patientIds = [...new Set(items.map((item) => item.patientId))];
  if (patientIds.length > 0)
    audit({ action: "encounter.list", entity: "encounter", patientId: patientId ?? null, after: { patientIds } });
  return { items, nextCursor: page.nextCursor };
}

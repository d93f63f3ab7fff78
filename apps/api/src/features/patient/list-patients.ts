import type { Page } from "@infirmary/shared/core";
import type { Patient, PatientList } from "@infirmary/shared/patient";
import { z } from "zod";
import type { Work } from "../../core/unit-of-work.ts";
import { listPatientRows, sortKeysOf } from "./list-store.ts";
import { toPatients } from "./patient.ts";
import { openPosition, sealPosition } from "./position.ts";

const positionShape = z.tuple([z.string(), z.uuid()]);

/** A page of the tenant's patients. The log keeps how the list was asked for and whom it showed. */
export async function listPatients(
  work: Work,
  { limit, cursor, sort, direction, gender }: PatientList,
): Promise<Page<Patient>> {
  const { connection, scope, platform, audit } = work;
  const { tenantId } = scope;
  const place = { tenantId, list: `list|${sort}|${direction}|${gender ?? ""}` };
  const after = openPosition(platform.keys, { ...place, cursor, shape: positionShape });
  const rows = await listPatientRows(connection, { tenantId, sort, direction, gender, after, limit: limit + 1 });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  audit({
    action: "patient.list",
    entity: "patient",
    after: { sort, direction, ...(gender ? { gender } : {}), patientIds: shown.map(({ id }) => id) },
  });
  return {
    items: toPatients(platform.keys, tenantId, shown),
    nextCursor: rows.length > limit && last ? sealPosition(platform.keys, place, sortKeysOf(sort, last)) : null,
  };
}

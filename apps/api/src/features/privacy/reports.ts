import type { PrivacyOverview, ReportPeriod } from "@infirmary/shared/privacy";
import { AppError } from "../../core/app-error.ts";
import { openTexts } from "../../core/sealed-text.ts";
import type { Work } from "../../core/unit-of-work.ts";
import {
  acrossFacilities,
  countDays,
  findNamedPatient,
  listExports,
  listFailedSignIns,
  listGlass,
  listOutside,
  listViewers,
  outsideMax,
} from "./store.ts";

const timeZoneOf = ({ scope }: Work): string => scope.actor?.facility.timeZone ?? "UTC";

/** The period in days and lists, over all facilities of the organisation. Looking at it is itself recorded. */
export async function privacyOverview(work: Work, period: ReportPeriod): Promise<PrivacyOverview> {
  const { connection, scope, audit } = work;
  await acrossFacilities(connection);
  const scoped = { tenantId: scope.tenantId, timeZone: timeZoneOf(work), ...period };
  const days = await countDays(connection, scoped);
  const [failedSignIns, exports, glass] = [
    await listFailedSignIns(connection, scoped),
    await listExports(connection, scoped),
    await emergencyAccess(work, scoped),
  ];
  audit({ action: "privacy.overview", entity: "audit", after: period });
  return { days, failedSignIns, exports, glass };
}

/** Emergency access in the period, with the reasons people gave. */
async function emergencyAccess(
  { connection, platform, scope }: Work,
  scoped: Parameters<typeof listGlass>[1],
): Promise<PrivacyOverview["glass"]> {
  const rows = await listGlass(connection, scoped);
  const where = { tenantId: scope.tenantId, table: "break_glass" };
  const texts = openTexts(platform.keys, where, ["reason_text_sealed"], rows);
  return rows.map(({ reason_text_sealed: _, at, due, ...row }, index) => ({
    ...row,
    reasonText: texts[index]?.reason_text_sealed ?? "",
    at: at.toISOString(),
    reviewDueAt: due.toISOString(),
  }));
}

/** Who looked at whom without caring for the patient, most looks first. */
export async function outsideCare(work: Work, period: ReportPeriod) {
  const { connection, scope, audit } = work;
  await acrossFacilities(connection);
  const items = await listOutside(connection, { tenantId: scope.tenantId, timeZone: timeZoneOf(work), ...period });
  audit({
    action: "privacy.outside-care",
    entity: "audit",
    after: { ...period, patientIds: [...new Set(items.slice(0, outsideMax).map(({ patientId }) => patientId))] },
  });
  return { items: items.slice(0, outsideMax), hasMore: items.length > outsideMax };
}

/** "Who looked at me": everybody who saw a patient, in the period or ever. @throws AppError `not-found` */
export async function patientReport(
  work: Work,
  { patientId, from, to }: { patientId: string; from?: string | undefined; to?: string | undefined },
) {
  const { connection, scope, audit } = work;
  const { tenantId } = scope;
  await acrossFacilities(connection);
  const patient = await findNamedPatient(connection, { tenantId, id: patientId });
  if (!patient) throw new AppError("not-found");
  const items = await listViewers(connection, {
    tenantId,
    patientId,
    from: from ?? null,
    to: to ?? null,
    timeZone: timeZoneOf(work),
  });
  audit({ action: "privacy.patient-report", entity: "audit", patientId, outOfScope: true });
  return { patient, items };
}

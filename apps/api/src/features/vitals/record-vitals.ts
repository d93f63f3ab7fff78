import { ageInYears } from "@infirmary/shared/core";
import { celsiusOf, earlyWarningOf, limits, unlikelyOf, type Vitals, type VitalsInput } from "@infirmary/shared/vitals";
import { AppError } from "../../core/app-error.ts";
import type { ActorContext } from "../../core/context.ts";
import { newId } from "../../core/id.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { changeEncounter, changingEncounter, holdEncounter, moveEncounter } from "../encounter/index.ts";
import { notify } from "../notification/index.ts";
import { findScale, findVitals, insertVitals, listDoctors, listVitals } from "./store.ts";
import { toVitals } from "./vitals.ts";

/** How far a bedside clock may go ahead of ours. */
const clockSkewMs = 60_000;

/**
 * Records vital signs in a visit and works out the early warning score that fits the age. The first ones make an arrived patient a
 * triaged one. Unlikely values must be named in `confirmed`; the time may not lie in the future.
 */
export function recordVitals(ctx: ActorContext, input: VitalsInput): Promise<Vitals> {
  return changingEncounter(ctx, "vitals.record", input, async (work) => {
    const { connection, scope, audit, emit, now } = work;
    const { tenantId, actor } = scope;
    if (!actor) throw new AppError("not-signed-in");
    const before = await holdEncounter(work, { id: input.id });
    if (before.status === "PLANNED")
      throw new AppError("wrong-transition", { detail: "The patient has not arrived: check the patient in first." });
    const timeZone = actor.facilities.find(({ id }) => id === before.facilityId)?.timeZone ?? "UTC";
    const person = { dateOfBirth: before.patient.dateOfBirth, today: dayIn(now, timeZone) };
    const temperature = celsiusOf(input.temperature, input.temperatureUnit);
    requireConfirmed({ ...input, temperature }, ageInYears(person.dateOfBirth, person.today), input.confirmed);
    const takenAt = input.takenAt ? new Date(input.takenAt) : now;
    requirePast(takenAt, now, before.arrivedAt);
    const spo2Scale = await findScale(connection, { tenantId, patientId: before.patientId });
    const measured = {
      ...input,
      temperature,
      spo2Scale,
      oxygenFlow: input.oxygenFlow ?? null,
      capillaryRefillSeconds: input.capillaryRefillSeconds ?? null,
      respiratoryEffort: input.respiratoryEffort ?? null,
    };
    const warning = earlyWarningOf(measured, person);
    const id = newId();
    await insertVitals(connection, {
      ...measured,
      tenantId,
      id,
      encounterId: before.id,
      patientId: before.patientId,
      systolic: input.bloodPressureSystolic,
      diastolic: input.bloodPressureDiastolic,
      temperatureC: temperature,
      temperatureEntered: `${input.temperature} °${input.temperatureUnit}`,
      warning,
      takenAt,
      recordedById: actor.userId,
    });
    await keepScore(work, before, warning, takenAt);
    const row = await findVitals(connection, { tenantId, id });
    if (!row) throw new AppError("internal-error");
    audit({
      action: "vitals.record",
      entity: "vitals",
      entityId: id,
      patientId: before.patientId,
      after: { encounterId: before.id, kind: warning.kind, score: warning.score, confirmed: input.confirmed },
    });
    emit({
      name: "vitals.recorded",
      encounterId: before.id,
      patientId: before.patientId,
      subjectId: id,
      detail: { kind: warning.kind, score: warning.score, risk: warning.risk },
    });
    if (warning.risk === "high") await alertDoctors(work, before, warning);
    return toVitals(row);
  });
}

/** A high score rings at the doctor who is to see the patient, at every doctor of the place where nobody is; without the name. */
async function alertDoctors(
  work: Work,
  { facilityId, facilityName, patientId, providerId }: Awaited<ReturnType<typeof holdEncounter>>,
  { kind, score }: ReturnType<typeof earlyWarningOf>,
): Promise<void> {
  const { connection, scope } = work;
  const doctors = providerId ? [providerId] : await listDoctors(connection, { tenantId: scope.tenantId, facilityId });
  const title = `${kind} ${score}, high risk: a patient at ${facilityName} needs you now`;
  await notify(work, doctors, { kind: "early-warning", title, patientId });
}

/** The visit shows the score of the latest vital signs, also where older ones are entered after them. */
async function keepScore(
  work: Work,
  before: Awaited<ReturnType<typeof holdEncounter>>,
  warning: ReturnType<typeof earlyWarningOf>,
  takenAt: Date,
): Promise<void> {
  const { connection, scope } = work;
  const at = { tenantId: scope.tenantId, patientId: before.patientId, encounterId: before.id };
  const [latest] = await listVitals(connection, { ...at, limit: 1 });
  const isLatest = !latest || latest.taken_at <= takenAt;
  const score = isLatest
    ? {
        score_kind: warning.kind,
        score: warning.score,
        score_risk: warning.risk,
        score_missing: warning.missing,
      }
    : {};
  if (before.status === "ARRIVED") await moveEncounter(work, before, "TRIAGED", { more: score });
  else if (
    isLatest &&
    !(await changeEncounter(connection, { tenantId: scope.tenantId, id: before.id, version: before.version }, score))
  )
    throw new AppError("stale-version");
}

function requireConfirmed(values: VitalsInput, ageYears: number, confirmed: readonly string[]): void {
  const open = unlikelyOf(values, ageYears).filter(({ measure }) => !confirmed.includes(measure));
  if (open.length === 0) return;
  throw new AppError("needs-confirmation", {
    errors: open.map(({ measure, low, high }) => ({
      path: measure,
      message: `${limits[measure].name}: usual is ${low} to ${high} ${limits[measure].unit}. Check it, and confirm if it is right.`,
      severity: "warning",
    })),
  });
}

function requirePast(takenAt: Date, now: Date, arrivedAt: string | null): void {
  const fault = (message: string) => new AppError("validation-failed", { errors: [{ path: "takenAt", message }] });
  if (takenAt.getTime() > now.getTime() + clockSkewMs) throw fault("This time is in the future.");
  if (arrivedAt && takenAt.getTime() < Date.parse(arrivedAt) - 24 * 3_600_000)
    throw fault("This is more than a day before the patient arrived.");
}

/** The calendar day at a place, `YYYY-MM-DD`. */
const dayIn = (at: Date, timeZone: string) => new Intl.DateTimeFormat("en-CA", { timeZone }).format(at);

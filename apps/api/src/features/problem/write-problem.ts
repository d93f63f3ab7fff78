import type { Problem, ProblemCreate } from "@infirmary/shared/problem";
import { AppError } from "../../core/app-error.ts";
import { newId } from "../../core/id.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { knownCode } from "../diagnosis/index.ts";
import { loadEncounter } from "../encounter/index.ts";
import { loadPatient } from "../patient/index.ts";
import { findProblem, insertProblem, listProblems, storeStatus } from "./store.ts";

/** A patient's problems, which the audit log keeps. */
export async function readProblems(work: Work, { patientId }: { patientId: string }): Promise<{ items: Problem[] }> {
  await loadPatient(work, { id: patientId });
  work.audit({ action: "problem.read", entity: "problem", patientId });
  return { items: await listProblems(work.connection, { tenantId: work.scope.tenantId, patientId }) };
}

/** Puts a problem on the list; one that is on it already is 409. */
export async function addProblem(work: Work, input: ProblemCreate): Promise<Problem> {
  const { connection, scope, audit, emit, now } = work;
  const { tenantId, actor } = scope;
  if (!actor) throw new AppError("not-signed-in");
  const { patientId } = input;
  const patient = await loadPatient(work, { id: patientId });
  if (input.encounterId && (await loadEncounter(work, { id: input.encounterId })).patientId !== patientId)
    throw fault("encounterId", "This visit is another patient's.");
  if (input.onsetDate && (input.onsetDate > now.toISOString().slice(0, 10) || input.onsetDate < patient.dateOfBirth))
    throw fault("onsetDate", "This is before the birth or in the future.");
  const { code, title } = await knownCode(work, input.code);
  const id = newId();
  await insertProblem(connection, {
    tenantId,
    id,
    patientId,
    code,
    title,
    onsetDate: input.onsetDate ?? null,
    encounterId: input.encounterId ?? null,
    recordedById: actor.userId,
  });
  audit({ action: "problem.add", entity: "problem", entityId: id, patientId, after: { code } });
  emit({
    name: "problem.changed",
    patientId,
    encounterId: input.encounterId ?? null,
    subjectId: id,
    detail: { code, to: "ACTIVE" },
  });
  return loaded(work, id);
}

/** Marks a problem resolved, or active again. */
export async function setProblemStatus(
  work: Work,
  { id, version, status }: { id: string; version?: number | undefined; status: Problem["status"] },
): Promise<Problem> {
  const { connection, scope, audit, emit } = work;
  const before = await findProblem(connection, { tenantId: scope.tenantId, id, isHeld: true });
  if (!before) throw new AppError("not-found");
  if (version !== undefined && version !== before.version) throw new AppError("stale-version", { current: before });
  if (before.status === status) return before;
  await storeStatus(connection, { tenantId: scope.tenantId, id, status });
  const { patientId } = before;
  audit({
    action: status === "RESOLVED" ? "problem.resolve" : "problem.reopen",
    entity: "problem",
    entityId: id,
    patientId,
    before: { status: before.status },
    after: { status },
  });
  emit({ name: "problem.changed", patientId, subjectId: id, detail: { code: before.code, to: status } });
  return loaded(work, id);
}

async function loaded({ connection, scope }: Work, id: string): Promise<Problem> {
  const problem = await findProblem(connection, { tenantId: scope.tenantId, id });
  if (!problem) throw new AppError("not-found");
  return problem;
}

const fault = (path: string, message: string) => new AppError("validation-failed", { errors: [{ path, message }] });

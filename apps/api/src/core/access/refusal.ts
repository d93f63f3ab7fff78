import type { Permission } from "@infirmary/shared/access";
import type { AppError } from "../app-error.ts";
import type { ActorContext } from "../context.ts";
import { auditAlone } from "../unit-of-work.ts";
import { notAllowedHere, outOfScope } from "./not-allowed.ts";
import { type NamedPatient, patientBehind } from "./patients-behind.ts";

type Asked = { path: string; permission: Permission; input: () => Promise<unknown> };
const refusals = ["not-allowed", "out-of-scope", "not-found"];

/**
 * What a person who may not do something is told, written to the audit log with the patient it was about. A record that row-level
 * security hides was not found by the use case: where it exists and the policy says no, the answer is `out-of-scope`, which offers
 * to break the glass. Other errors are given back as they are, and so is `not-found` of what is not there.
 */
export async function refusalOf(actor: ActorContext, asked: Asked, error: AppError): Promise<AppError> {
  if (!refusals.includes(error.code)) return error;
  const { platform, scope } = actor;
  const patient = await patientBehind(platform, scope, await asked.input().catch(() => null), asked.permission);
  const refusal = await nameRefusal(actor, asked, error, patient);
  if (refusal.code === "not-found") return error;
  await auditAlone(platform, scope, {
    action: asked.path,
    entity: "procedure",
    patientId: patient?.id ?? null,
    outcome: "refused",
    reason: refusal.code === "out-of-scope" ? `${asked.permission}: out of scope` : asked.permission,
  });
  return refusal;
}

async function nameRefusal(
  { platform, session }: ActorContext,
  { permission }: Asked,
  error: AppError,
  patient: NamedPatient | null,
): Promise<AppError> {
  if (error.code === "not-allowed") return error.detail ? error : notAllowedHere(platform, session, permission);
  if (!patient || patient.isRemoved) return error;
  const decision = platform.policy.decide({ subject: session, permission, resource: patient, now: platform.now() });
  return decision.allowed ? error : outOfScope(session, patient);
}

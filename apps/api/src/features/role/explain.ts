import { type Permission, permissions } from "@infirmary/shared/access";
import type { ExplainInput, Explanation } from "@infirmary/shared/role";
import { patientBehind } from "../../core/access/patients-behind.ts";
import { accessOf } from "../../core/access/procedures.ts";
import { AppError } from "../../core/app-error.ts";
import type { ActorContext } from "../../core/context.ts";
import type { Membership } from "../../core/scope.ts";
import { readMemberships } from "../../core/session/memberships.ts";

/** Whether somebody may do something and why: the same decision the API makes, with every rule that was asked. */
export async function explainAccess(ctx: ActorContext, input: ExplainInput): Promise<Explanation> {
  const { platform, scope } = ctx;
  const { tenantId } = scope;
  const access = accessOf(input.procedure);
  if (!access)
    throw new AppError("validation-failed", { errors: [{ path: "procedure", message: "There is no such step." }] });
  const record = input.recordId ? await patientBehind(platform, scope, { id: input.recordId }) : null;
  if (input.recordId && (!record || record.isRemoved))
    throw new AppError("not-found", { detail: "There is no such record." });
  const person = await ctx.work(async ({ connection, tx, audit }) => {
    const user = await tx.user.findFirst({
      where: { tenantId, id: input.userId },
      select: { id: true, fullName: true, status: true },
    });
    if (!user) throw new AppError("not-found");
    audit({
      action: "role.explain",
      entity: "user",
      entityId: user.id,
      patientId: record?.id ?? null,
      outOfScope: true,
      after: { procedure: input.procedure },
    });
    return { ...user, places: await readMemberships(connection, { tenantId, userId: user.id }) };
  });
  const place = input.facilityId ? person.places.find(({ id }) => id === input.facilityId) : person.places[0];
  const shownRecord = record && {
    patientId: record.id,
    facilities: [...record.facilities],
    isInCareTeam: record.careTeam.includes(person.id),
    isOpenInEmergency: record.glassBrokenBy.includes(person.id),
  };
  const base = {
    permission: access,
    facilityName: place?.name ?? null,
    roleNames: place?.roleNames ?? [],
    steps: [],
    record: shownRecord,
  };
  if (person.status !== "ACTIVE")
    return { ...base, allowed: false, answer: `The account is ${person.status.toLowerCase()}.` };
  if (!place) return { ...base, allowed: false, answer: "The person does not work at this facility." };
  if (access === "public" || access === "signed-in")
    return { ...base, allowed: true, answer: "Everybody who is signed in may do this." };
  const permission = access as Permission;
  const decision = platform.policy.explain({
    subject: subjectOf(person.id, place),
    permission,
    ...(record ? { resource: record } : {}),
    now: platform.now(),
  });
  return {
    ...base,
    allowed: decision.allowed,
    answer: answerOf(decision.rule, place, permission, decision.allowed),
    steps: decision.steps.map(({ rule, outcome, line, column }) => ({ rule, outcome, line, column })),
  };
}

const subjectOf = (userId: string, { id, code, name, timeZone, permissions: held, validUntil }: Membership) => ({
  userId,
  facility: { id, code, name, timeZone },
  permissions: held,
  validUntil,
  isLocked: false,
});

function answerOf(rule: string | undefined, place: Membership, permission: Permission, isAllowed: boolean): string {
  if (isAllowed) return `Allowed: ${rule ?? "a rule of the policy allows it"}.`;
  if (!place.permissions.has(permission))
    return `Refused: ${place.roleNames.join(" and ")} at ${place.name} does not hold "${permissions[permission]}" (${permission}).`;
  return `Refused: ${rule ?? "no rule of the policy allows it"}.`;
}

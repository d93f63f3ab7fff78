import { type Permission, permissions } from "@infirmary/shared/access";
import { AppError } from "../app-error.ts";
import type { Platform } from "../platform.ts";
import type { Session } from "../scope.ts";
import type { NamedPatient } from "./patients-behind.ts";
import { whoToAsk } from "./who-to-ask.ts";

/** The refusal of somebody who does not hold a permission, saying which it is. */
export function notAllowed(permission: Permission): AppError {
  return new AppError("not-allowed", {
    detail: `This needs the permission "${permissions[permission]}" (${permission}).`,
  });
}

/** The same with the roles that do not hold it here, and whom to ask. */
export async function notAllowedHere(platform: Platform, session: Session, permission: Permission): Promise<AppError> {
  const roles = session.roleNames.join(", ") || "No role";
  const ask = await whoToAsk(platform, session, "user.manage");
  return new AppError("not-allowed", {
    detail: `${notAllowed(permission).detail} ${roles} at ${session.facility.name} does not hold it.${ask ? ` Ask ${ask}.` : ""}`,
  });
}

/** The refusal of a patient's record out of scope. It says where else the person could see it, and whether the glass may be broken. */
export function outOfScope(session: Session, patient: NamedPatient): AppError {
  const elsewhere = session.facilities.filter(
    ({ id }) => id !== session.facility.id && patient.facilities.includes(id),
  );
  const mayBreakGlass = session.permissions.has("patient.break-glass");
  const [place] = elsewhere;
  return new AppError("out-of-scope", {
    detail: place
      ? `The patient is registered at ${place.name}, where you work too: change to it.`
      : mayBreakGlass
        ? "In an emergency you can open the record for an hour by giving the reason; the privacy officer is told."
        : "Ask the patient's care team, or somebody who may open records in an emergency.",
    current: {
      patientId: patient.id,
      mayBreakGlass,
      facilities: elsewhere.map(({ id, name }) => ({ id, name })),
    },
  });
}

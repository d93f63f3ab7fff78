import type { User } from "@infirmary/shared/user";
import { AppError } from "../../core/app-error.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { listDepartments } from "./store.ts";

/** The parts of a staff profile that are to change. */
export type ProfileChange = { [Field in "title" | "registrationNumber" | "departmentId"]?: User[Field] | undefined };

/** Writes what of the staff profile is given. @throws AppError validation-failed for a department that is none of the organisation's */
export async function setProfile(
  { tx, connection, scope: { tenantId } }: Work,
  { id, profile: { title, registrationNumber, departmentId } }: { id: string; profile: ProfileChange },
): Promise<void> {
  if (
    departmentId &&
    !(await listDepartments(connection, { tenantId })).some((department) => department.id === departmentId)
  )
    throw new AppError("validation-failed", {
      errors: [{ path: "departmentId", message: "This department is not known." }],
    });
  const data = {
    ...(title === undefined ? {} : { title }),
    ...(registrationNumber === undefined ? {} : { registrationNumber }),
    ...(departmentId === undefined ? {} : { departmentId }),
  };
  if (Object.keys(data).length > 0) await tx.user.update({ where: { tenantId_id: { tenantId, id } }, data });
}

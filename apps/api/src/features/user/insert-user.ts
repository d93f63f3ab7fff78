import { AppError } from "../../core/app-error.ts";
import { sqlState } from "../../core/database-error.ts";
import { newId } from "../../core/id.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { insertLoginName, insertUserRow } from "./store.ts";

/** Adds an account and its login name; the name is unique over the installation, because people sign in by it alone. */
export async function insertUser(
  work: Work,
  user: {
    username: string;
    fullName: string;
    email: string;
    passwordHash: string | null;
    status: "PENDING" | "ACTIVE";
  },
): Promise<string> {
  const { tenantId } = work.scope;
  const id = newId();
  try {
    await insertUserRow(work.tx, { tenantId, id, ...user });
    await insertLoginName(work.tx, { tenantId, userId: id, username: user.username });
  } catch (error) {
    if (sqlState(error) !== "23505" && (error as { code?: string }).code !== "P2002") throw error;
    throw new AppError("already-exists", {
      errors: [{ path: "username", message: "This name is taken." }],
      cause: error,
    });
  }
  return id;
}

import { AppError } from "../../core/app-error.ts";
import { sqlState } from "../../core/database-error.ts";

/** The write's answer; a code that is taken is a fault of its field. */
export async function codeTaken<T>(write: Promise<T>): Promise<T> {
  try {
    return await write;
  } catch (error) {
    if (sqlState(error) !== "23505") throw error;
    throw new AppError("already-exists", { errors: [{ path: "code", message: "This code is taken." }], cause: error });
  }
}

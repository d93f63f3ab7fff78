import { AppError } from "./app-error.ts";

/** PostgreSQL's SQLSTATE of a failure, whether it came through Prisma (P2010, driver adapter) or pg itself; null for anything else. */
export function sqlState(error: unknown): string | null {
  for (let at: unknown = error, depth = 0; at && typeof at === "object" && depth < 6; depth++) {
    const { originalCode, code, cause, meta } = at as Record<string, unknown>;
    if (typeof originalCode === "string") return originalCode;
    if (typeof code === "string" && /^[0-9A-Z]{5}$/.test(code) && !/^P\d/.test(code)) return code;
    at = cause ?? (meta as Record<string, unknown> | undefined)?.driverAdapterError;
  }
  return null;
}

/** Whether the transaction lost a race and may simply be run again (serialization failure, deadlock). */
export function isRetryable(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code;
  const state = sqlState(error);
  return state === "40001" || state === "40P01" || code === "P2034";
}

/**
 * Translates what the database said, once, for every capability. Class 22 (a date that does not exist, a NUL in a text, a number out
 * of range) and 54000 (too long for an index) speak of values that came from outside; IN403 is ours: `require_in_scope`.
 */
export function translateDatabaseError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const code = (error as { code?: unknown } | null)?.code;
  const state = sqlState(error);
  if (state === "23505" || code === "P2002") return new AppError("already-exists", { cause: error });
  if (state && (state.startsWith("22") || state === "54000"))
    return new AppError("validation-failed", {
      detail: "A value in the request cannot be stored or compared.",
      cause: error,
    });
  if (state === "IN403") return new AppError("out-of-scope", { cause: error });
  if (isRetryable(error) || state === "55P03")
    return new AppError("request-in-progress", { cause: error, retryAfterSeconds: 1 });
  if (isConnectionFailure(error, state, code))
    return new AppError("unavailable", { cause: error, retryAfterSeconds: 5 });
  return error;
}

const connectionFailures = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "EPIPE",
  "ETIMEDOUT",
  "ENOENT",
  "P1000",
  "P1001",
  "P1002",
  "P1008",
  "P1017",
  "P2024",
  "P2028",
]);

function isConnectionFailure(error: unknown, state: string | null, code: unknown): boolean {
  if (typeof code === "string" && connectionFailures.has(code)) return true;
  // 08*: connection exceptions; 57P01-57P03: the server is shutting down or starting; 53300: no connection left; 57014: took too long.
  if (state && (/^08/.test(state) || /^57P0[123]$/.test(state) || state === "53300" || state === "57014")) return true;
  const message = error instanceof Error ? error.message : "";
  return /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Can't reach database|DatabaseNotReachable|ConnectionClosed|SocketTimeout/i.test(
    message,
  );
}

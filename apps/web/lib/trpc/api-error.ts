import type { ErrorCode, FieldError } from "@infirmary/shared/core";

/** What went wrong, as the API said it, or as the browser found it (`unreachable`: no answer came at all). */
export type ApiError = {
  code: ErrorCode | "unreachable";
  /** A sentence a person on the ward can act on. */
  title: string;
  detail: string | null;
  errors: FieldError[];
  /** To quote to support; null where the API was not reached. */
  requestId: string | null;
  /** With `too-many-attempts`: how long to wait. */
  retryAfterSeconds: number | null;
  /** With `stale-version`: the record as it is now. */
  current?: unknown;
  /** With `slot-taken`: free times instead. */
  slots?: unknown;
  /** With `second-factor-required`: what a second factor is to answer. */
  challenge?: unknown;
};

/** Reads an error of any origin; never shows a text that is not ours. */
export function apiError(error: unknown): ApiError {
  const data = isRecord(error) && isRecord(error.data) ? error.data : null;
  if (data && typeof data.code === "string" && typeof data.title === "string") {
    return {
      code: data.code as ErrorCode,
      title: data.title,
      detail: typeof data.detail === "string" ? data.detail : null,
      errors: Array.isArray(data.errors) ? data.errors.filter(isFieldError) : [],
      requestId: typeof data.requestId === "string" ? data.requestId : null,
      retryAfterSeconds: typeof data.retryAfterSeconds === "number" ? data.retryAfterSeconds : null,
      ...(data.current === undefined ? {} : { current: data.current }),
      ...(data.slots === undefined ? {} : { slots: data.slots }),
      ...(data.challenge === undefined ? {} : { challenge: data.challenge }),
    };
  }
  return {
    code: "unreachable",
    title: "The server cannot be reached. What you typed is kept; try again in a moment.",
    detail: null,
    errors: [],
    requestId: null,
    retryAfterSeconds: null,
  };
}

/** Whether the session is over and signing in again is the only way on. */
export const isSignedOut = (error: unknown) => {
  const { code } = apiError(error);
  return code === "token-invalid" || code === "not-signed-in" || code === "account-inactive";
};

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;
const isFieldError = (value: unknown): value is FieldError =>
  isRecord(value) && typeof value.path === "string" && typeof value.message === "string";

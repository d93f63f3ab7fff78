import type { errorCodes, FieldError } from "@infirmary/shared/core";
import type { SignInChallenge } from "@infirmary/shared/factor";
import { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { AppError } from "./app-error.ts";
import { translateDatabaseError } from "./database-error.ts";

/** What a client is told of an error, the same over tRPC and REST. */
export type ErrorShape = {
  code: keyof typeof errorCodes;
  httpStatus: number;
  title: string;
  detail: string | null;
  errors: FieldError[];
  requestId: string;
  retryAfterSeconds: number | null;
  current?: unknown;
  blockers?: readonly { code: string; title: string; link: string }[];
  slots?: readonly object[];
  challenge?: SignInChallenge;
};

const fieldErrorsMax = 20;

/** The catalogue's error for anything thrown; what is not ours becomes `internal-error` and says nothing. */
export function toAppError(error: unknown): AppError {
  // One of ours says more than the failure it came of, so it is looked for first.
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++)
    if (at instanceof AppError) return at;
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if (at instanceof ZodError) return new AppError("validation-failed", { errors: fieldErrors(at), cause: error });
    const translated = translateDatabaseError(at);
    if (translated instanceof AppError) return translated;
  }
  if (error instanceof TRPCError) {
    if (error.code === "NOT_FOUND") return new AppError("not-found", { cause: error });
    if (error.code === "METHOD_NOT_SUPPORTED") return new AppError("method-not-allowed", { cause: error });
    if (error.code === "PAYLOAD_TOO_LARGE") return new AppError("too-large", { cause: error });
    if (error.code === "UNSUPPORTED_MEDIA_TYPE") return new AppError("unsupported-media-type", { cause: error });
    if (error.code === "BAD_REQUEST" || error.code === "PARSE_ERROR")
      return new AppError("validation-failed", { detail: "The request could not be read.", cause: error });
  }
  return new AppError("internal-error", { cause: error });
}

export function errorShape(error: AppError, requestId: string): ErrorShape {
  return {
    code: error.code,
    httpStatus: error.http,
    title: error.title,
    detail: error.detail,
    errors: error.errors,
    requestId,
    retryAfterSeconds: error.retryAfterSeconds,
    ...(error.current === undefined ? {} : { current: error.current }),
    ...(error.blockers === undefined ? {} : { blockers: error.blockers }),
    ...(error.slots === undefined ? {} : { slots: error.slots }),
    ...(error.challenge ? { challenge: error.challenge } : {}),
  };
}

/** Paths and reasons, never the values; at most 20, because a hostile input can have a million faults. */
function fieldErrors(error: ZodError): FieldError[] {
  return error.issues.slice(0, fieldErrorsMax).flatMap((issue) => {
    if (issue.code === "unrecognized_keys") {
      return issue.keys
        .slice(0, fieldErrorsMax)
        .map((key) => ({ path: [...issue.path, key].join("."), message: "This field is not known here." }));
    }
    return [
      {
        path: issue.path.join("."),
        message: sentence(issue.code, issue.message, "input" in issue && issue.input === undefined),
      },
    ];
  });
}

function sentence(code: string, message: string, isAbsent: boolean): string {
  if (code === "invalid_type" && (isAbsent || /received undefined/.test(message))) return "Required.";
  return message.replace(/^Invalid input: /, "").replace(/^./, (letter) => letter.toUpperCase());
}

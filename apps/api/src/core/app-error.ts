import { type ErrorCode, errorCodes, type FieldError } from "@infirmary/shared/core";
import type { SignInChallenge } from "@infirmary/shared/factor";

export type AppErrorOptions = {
  /** One sentence for the person, more exact than the code's title; never values of other people. */
  detail?: string;
  errors?: FieldError[];
  /** The record as it is now, with `stale-version`. */
  current?: unknown;
  /** What stands in the way, with `close-blocked`: each with the place where it is put right. */
  blockers?: readonly { code: string; title: string; link: string }[];
  /** Free times instead of the one asked for, with `slot-taken`. */
  slots?: readonly object[];
  /** Seconds to wait before the same is worth trying again: `too-many-attempts`, `request-in-progress`, `unavailable`. */
  retryAfterSeconds?: number;
  /** What a second factor is to answer, with `second-factor-required`. */
  challenge?: SignInChallenge;
  cause?: unknown;
};

/** The only error whose text reaches a client. Anything else becomes `internal-error` with a number to quote. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly http: number;
  readonly title: string;
  readonly detail: string | null;
  readonly errors: FieldError[];
  readonly current: unknown;
  readonly blockers: AppErrorOptions["blockers"];
  readonly slots: AppErrorOptions["slots"];
  readonly retryAfterSeconds: number | null;
  readonly challenge: SignInChallenge | undefined;

  constructor(code: ErrorCode, options: AppErrorOptions = {}) {
    super(code, { cause: options.cause });
    this.name = "AppError";
    this.code = code;
    this.http = errorCodes[code].http;
    this.title = errorCodes[code].title;
    this.detail = options.detail ?? null;
    this.errors = options.errors ?? [];
    this.current = options.current;
    this.blockers = options.blockers;
    this.slots = options.slots;
    this.retryAfterSeconds = options.retryAfterSeconds ?? null;
    this.challenge = options.challenge;
  }
}

/** Why a call into libhl7val failed. `docs/native.md` says what each means. */
export type Hl7ErrorCode =
  | "argument-invalid"
  | "message-empty"
  | "message-too-big"
  | "file-too-big"
  | "msh-missing"
  | "delimiters-unusable"
  | "charset-refused"
  | "charset-mismatch"
  | "path-invalid"
  | "value-invalid"
  | "frame-invalid"
  | "worker-failed";

/** The only error that the HL7 functions throw. */
export class Hl7Error extends Error {
  readonly code: Hl7ErrorCode;
  /** What the error is about: a path like `MSH-2`, or the name of an argument. */
  readonly path: string;
  /** Byte offset in the input, 0 where there is none. */
  readonly offset: number;

  constructor(
    code: Hl7ErrorCode,
    message: string,
    where: { path?: string; offset?: number } = {},
    options?: { cause: unknown },
  ) {
    super(message, options);
    this.name = "Hl7Error";
    this.code = code;
    this.path = where.path ?? "";
    this.offset = where.offset ?? 0;
  }
}

/** Why a number was not reckoned. */
export type BillErrorCode =
  | "bad-argument"
  | "out-of-range"
  | "overflow"
  | "discount-too-large"
  | "too-many-rates"
  | "no-weights"
  | "not-a-number"
  | "too-precise"
  | "out-of-memory"
  | "too-big"
  | "no-columns"
  | "bad-row"
  | "overlapping-rows"
  | "not-found"
  | "ungroupable"
  | "incomplete-row"
  | "re-entered"
  | "disposed";

/** The one error of bill. */
export class BillError extends Error {
  override readonly name = "BillError";
  readonly code: BillErrorCode;
  /** The number of the line that failed, from 0, where it was one. */
  readonly line: number | undefined;

  constructor(code: BillErrorCode, message: string, line?: number) {
    super(line === undefined ? message : `line ${line}: ${message}`);
    this.code = code;
    this.line = line;
  }
}

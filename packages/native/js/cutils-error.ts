/** Why a call failed. `open-failed` says no more on purpose: wrong key, moved value and flipped bit look alike. */
export type CutilsErrorCode =
  | "bad-argument"
  | "too-big"
  | "no-space"
  | "malformed-envelope"
  | "unknown-key"
  | "key-destroyed"
  | "open-failed"
  | "no-active-key"
  | "key-exhausted"
  | "bad-keys"
  | "bad-proof"
  | "out-of-memory"
  | "crypto-failed"
  | "not-text"
  | "disposed";

/** The one error of cutils. It never holds a key, a text or any part of them. */
export class CutilsError extends Error {
  override readonly name = "CutilsError";
  readonly code: CutilsErrorCode;
  /** In a batch, which item failed first (from 0). */
  readonly index: number | undefined;

  constructor(code: CutilsErrorCode, message: string, index?: number) {
    super(message);
    this.code = code;
    this.index = index;
  }
}

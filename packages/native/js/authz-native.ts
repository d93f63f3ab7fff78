// The C side of authz as JavaScript sees it and the buffer both use. Private to js/authz*.ts.
import { addon } from "./addon.ts";
import { AuthzError } from "./authz-error.ts";

/** A compiled policy's names, by number; `asks` lists for each permission the attributes its rules ask for. */
export interface Description {
  readonly id: number;
  readonly roles: readonly string[];
  readonly permissions: readonly string[];
  readonly attributes: readonly string[];
  readonly types: readonly number[];
  readonly symbols: readonly string[];
  readonly rules: readonly string[];
  readonly asks: readonly (readonly number[])[];
}

/** Why a policy does not compile. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** What the calls need stands in the buffer. A decision is packed: reason, attribute and rule in 4, 8 and 16 bits. */
interface Native {
  compile(text: string): Description | Refusal;
  free(policy: number): void;
  decide(): number;
  /** The decisions are in the buffer. */
  decideMany(): void;
  explain(): number;
  readonly scratch: ArrayBuffer;
  readonly layout: {
    readonly policyAt: number;
    readonly permissionAt: number;
    readonly widthAt: number;
    readonly countAt: number;
    readonly membersLenAt: number;
    readonly subjectAt: number;
    readonly rolesAt: number;
    readonly poolLenAt: number;
    readonly valuesAt: number;
    readonly listAt: number;
    readonly poolAt: number;
    readonly poolWords: number;
    readonly rowsAt: number;
    readonly rowsWords: number;
    readonly membersAt: number;
    readonly membersWords: number;
    readonly outAt: number;
    readonly batchMax: number;
  };
}

export const native = addon.authz as Native;
export const layout = native.layout;
export const words = new Uint32Array(native.scratch);

/** What of it was packed ahead and still lies in the buffer, so that it need not be written again. */
export const loaded: { subject: unknown; resources: unknown; list: unknown } = {
  subject: undefined,
  resources: undefined,
  list: undefined,
};

/** While something is read: a getter in it that decides something itself would overwrite what was read so far. */
let isReading = false;

/** Throws `re-entered` where something is being read already. */
export function refuseReentry(): void {
  if (isReading) throw new AuthzError("re-entered", "A request must not decide anything while it is being read.");
}

/** Forgets what lies in the buffer, which is about to be overwritten. */
export function unload(): void {
  loaded.subject = loaded.resources = loaded.list = undefined;
}

/** Reads what the caller handed over: nothing else may use the buffer meanwhile. */
export function whileReading<T>(read: () => T): T {
  refuseReentry();
  isReading = true;
  try {
    return read();
  } finally {
    isReading = false;
  }
}

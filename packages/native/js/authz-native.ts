// The C side of authz as JavaScript sees it and the buffer both use. Private to js/authz*.ts.
import { addon } from "./addon.ts";

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

interface Native {
  compile(text: string): Description | Refusal;
  free(policy: number): void;
  /** A packed decision: reason, attribute and rule in 4, 8 and 16 bits. */
  decide(policy: number, poolLen: number): number;
  /** How many were decided. */
  decideMany(policy: number, poolLen: number, width: number, count: number): number;
  explain(policy: number, poolLen: number): number;
  readonly scratch: ArrayBuffer;
  readonly layout: {
    readonly permissionAt: number;
    readonly countAt: number;
    readonly valuesAt: number;
    readonly listAt: number;
    readonly poolAt: number;
    readonly poolWords: number;
    readonly resourcesAt: number;
    readonly resourcesWords: number;
    readonly outAt: number;
    readonly batchMax: number;
  };
}

export const native = addon.authz as Native;
export const layout = native.layout;
export const words = new Uint32Array(native.scratch);

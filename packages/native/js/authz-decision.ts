import type { Description } from "./authz-native.ts";

/** Why something was decided as it was. */
export type AuthzReason = "allowed" | "denied-by-rule" | "no-rule" | "absent" | "wrong-type" | "bad-request";

/** A decision. Only `allowed` allows. */
export interface AuthzDecision {
  readonly allowed: boolean;
  readonly reason: AuthzReason;
  /** The rule that settled it, by its name; undefined for `no-rule` and `bad-request`. */
  readonly rule: string | undefined;
  /** For `absent` and `wrong-type`: the attribute that the rule could not do without. */
  readonly attribute: string | undefined;
}

const reasons = ["bad-request", "allowed", "denied-by-rule", "no-rule", "absent", "wrong-type", "bad-request"] as const;
const BAD_REQUEST = 6;
const CACHE = 256;

/** The decisions of one policy, by the number C packs them into: 4 bits of reason, 8 of attribute, 16 of rule. */
export class Decisions {
  readonly badRequest: AuthzDecision;
  readonly #description: Description;
  readonly #all = new Map<number, AuthzDecision>();
  /** The last one of each place: most lists hold few different decisions. */
  readonly #lastNumbers = new Int32Array(CACHE).fill(-1);
  readonly #last: AuthzDecision[];

  constructor(description: Description) {
    this.#description = description;
    this.badRequest = this.#make(BAD_REQUEST);
    this.#last = new Array<AuthzDecision>(CACHE).fill(this.badRequest);
  }

  /** Made once for each number, then shared. */
  of(packed: number): AuthzDecision {
    const place = (packed ^ (packed >>> 12)) & (CACHE - 1);
    if (this.#lastNumbers[place] === packed) return this.#last[place] as AuthzDecision;
    const decision = this.#all.get(packed) ?? this.#make(packed);
    this.#lastNumbers[place] = packed;
    this.#last[place] = decision;
    return decision;
  }

  /** The decisions that C left at `at`, from place `start` of the list on. */
  read(packed: Int32Array, at: number, count: number, decisions: AuthzDecision[], start: number): void {
    let last = -1;
    let decision = this.badRequest;
    for (let i = 0; i < count; i++) {
      const number = packed[at + i] as number;
      if (number !== last) decision = this.of(number);
      last = number;
      decisions[start + i] = decision;
    }
  }

  #make(packed: number): AuthzDecision {
    const reason = reasons[packed & 15] ?? "bad-request";
    const rule = this.#description.rules[(packed >>> 12) - 1];
    const attribute = this.#description.attributes[((packed >>> 4) & 255) - 1];
    const decision = Object.freeze({ allowed: reason === "allowed", reason, rule, attribute });
    this.#all.set(packed, decision);
    return decision;
  }
}

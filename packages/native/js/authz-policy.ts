import { AuthzError, type AuthzErrorCode } from "./authz-error.ts";
import { type Description, layout, native, words } from "./authz-native.ts";
import { type AuthzRequest, Packer } from "./authz-request.ts";

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

/** What became of one rule. */
export interface AuthzStep {
  readonly rule: string;
  readonly outcome: "applies" | "no-role" | "false" | "absent" | "wrong-type";
  readonly attribute: string | undefined;
  /** The test that settled it, in the policy's text; the rule itself where it has none. */
  readonly line: number;
  readonly column: number;
}

/** A decision and how it came about: the rules of the permission in the order in which they were asked. */
export interface AuthzExplanation extends AuthzDecision {
  readonly steps: readonly AuthzStep[];
}

const reasons = ["bad-request", "allowed", "denied-by-rule", "no-rule", "absent", "wrong-type", "bad-request"] as const;
const outcomes = ["false", "applies", "no-role", "false", "absent", "wrong-type"] as const;
const NONE = 0xffff_ffff;
const STEP_WORDS = 5;
const BAD_REQUEST = 6;

/** While a request is read: a getter in it that decides something itself would overwrite what was read so far. */
let isPacking = false;

const dropped = new FinalizationRegistry<number>((policy) => native.free(policy));

/** A compiled policy. It never changes. It belongs to the thread that compiled it and lies outside the JS heap. */
export class Policy {
  readonly permissions: readonly string[];
  readonly roles: readonly string[];
  readonly #description: Description;
  readonly #packer: Packer;
  readonly #decisions = new Map<number, AuthzDecision>();
  /** The number of the policy in C; -1 when disposed of. */
  #id: number;

  /** Use `compile`. */
  constructor(description: Description) {
    this.#description = description;
    this.#packer = new Packer(description);
    this.#id = description.id;
    this.permissions = Object.freeze(description.permissions);
    this.roles = Object.freeze(description.roles);
    dropped.register(this, this.#id, this);
  }

  /** Decides one request. What makes no sense is denied; throws only `disposed` and `re-entered`. */
  decide(request: AuthzRequest): AuthzDecision {
    return this.#decision(this.#write(request) ? native.decide(this.#live(), this.#packer.poolLen) : BAD_REQUEST);
  }

  /**
   * Decides the same request about many resources: `request` is common to all, and each of `resources` takes the place of
   * `request.resource`. One call for a list of any length.
   */
  decideMany(request: Omit<AuthzRequest, "resource">, resources: readonly unknown[]): AuthzDecision[] {
    if (!Array.isArray(resources)) throw new AuthzError("bad-argument", "resources must be an array.");
    const decisions: AuthzDecision[] = [];
    while (decisions.length < resources.length) {
      const [width, count] = this.#writeMany(request as AuthzRequest, resources, decisions.length);
      const done = count && native.decideMany(this.#live(), this.#packer.poolLen, width, count);
      if (done === 0) return resources.map(() => this.#decision(BAD_REQUEST));
      for (let i = 0; i < done; i++) decisions.push(this.#decision(words[layout.outAt + i] as number));
    }
    return decisions;
  }

  /** Decides as `decide` does and says what became of every rule on the way. */
  explain(request: AuthzRequest): AuthzExplanation {
    if (!this.#write(request)) return { ...this.#decision(BAD_REQUEST), steps: [] };
    const decision = this.#decision(native.explain(this.#live(), this.#packer.poolLen));
    const steps: AuthzStep[] = [];
    const count = words[layout.countAt] as number;
    for (let at = layout.outAt; at < layout.outAt + count * STEP_WORDS; at += STEP_WORDS) steps.push(this.#step(at));
    return { ...decision, steps };
  }

  /** Frees the policy. Every later call throws `disposed`; disposing twice is fine. */
  dispose(): void {
    if (this.#id < 0) return;
    dropped.unregister(this);
    native.free(this.#id);
    this.#id = -1;
  }

  #live(): number {
    if (this.#id < 0) throw new AuthzError("disposed", "The policy was disposed of.");
    return this.#id;
  }

  /** Writes a request; false for one that is none. */
  #write(request: AuthzRequest): boolean {
    this.#live();
    if (typeof request !== "object" || request === null) return false;
    enter();
    try {
      const { permission, roles } = request;
      if (!this.#packer.writeHead(permission, roles)) return false;
      this.#packer.writeValues(request, this.#packer.asked(permission).all, layout.valuesAt);
      return true;
    } finally {
      isPacking = false;
    }
  }

  /** Writes what is common and as many resources as find room: how many attributes each has, and how many they are. */
  #writeMany(request: AuthzRequest, resources: readonly unknown[], start: number): [width: number, count: number] {
    this.#live();
    if (typeof request !== "object" || request === null) return [0, 0];
    enter();
    try {
      const { permission, roles } = request;
      if (!this.#packer.writeHead(permission, roles)) return [0, 0];
      const { ofResource, others } = this.#packer.asked(permission);
      this.#packer.writeValues(request, others, layout.valuesAt);
      return [ofResource.length, this.#packer.writeResources(resources, start, ofResource)];
    } finally {
      isPacking = false;
    }
  }

  /** The decision that C packed into a number: 4 bits of reason, 8 of attribute, 16 of rule. Made once, then shared. */
  #decision(packed: number): AuthzDecision {
    const known = this.#decisions.get(packed);
    if (known) return known;
    const reason = reasons[packed & 15] ?? "bad-request";
    const rule = this.#description.rules[(packed >>> 12) - 1];
    const attribute = this.#description.attributes[((packed >>> 4) & 255) - 1];
    const decision = Object.freeze({ allowed: reason === "allowed", reason, rule, attribute });
    this.#decisions.set(packed, decision);
    return decision;
  }

  #step(at: number): AuthzStep {
    const [rule = 0, outcome = 0, attribute = NONE, line = 0, column = 0] = words.subarray(at, at + STEP_WORDS);
    return {
      rule: this.#description.rules[rule] ?? "",
      outcome: outcomes[outcome] ?? "false",
      attribute: this.#description.attributes[attribute],
      line,
      column,
    };
  }
}

function enter(): void {
  if (isPacking) throw new AuthzError("re-entered", "A request must not decide anything while it is being read.");
  isPacking = true;
}

/**
 * Compiles a policy; its language is described in include/authz.h. Throws `syntax`, `unknown-name`, `duplicate-name`,
 * `wrong-type`, `contradiction`, `unreachable-rule`, `too-big` with line and column, and `bad-argument`.
 */
export function compile(text: string): Policy {
  if (typeof text !== "string") throw new AuthzError("bad-argument", "A policy is a string.");
  const made = native.compile(text);
  if ("code" in made) throw new AuthzError(made.code as AuthzErrorCode, made.message, made);
  return new Policy(made);
}

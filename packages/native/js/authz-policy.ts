import { Compiled } from "./authz-compiled.ts";
import type { AuthzDecision } from "./authz-decision.ts";
import { AuthzError, type AuthzErrorCode } from "./authz-error.ts";
import { type Description, layout, native, unload, whileReading, words } from "./authz-native.ts";
import { PackedResources, PackedSubject } from "./authz-packed.ts";
import type { AuthzRequest } from "./authz-request.ts";
import { AuthzSubject } from "./authz-subject.ts";

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

const outcomes = ["false", "applies", "no-role", "false", "absent", "wrong-type"] as const;
const NONE = 0xffff_ffff;
const STEP_WORDS = 5;

/** A compiled policy. It never changes. It belongs to the thread that compiled it and lies outside the JS heap. */
export class Policy {
  readonly permissions: readonly string[];
  readonly roles: readonly string[];
  readonly #compiled: Compiled;

  /** Use `compile`. */
  constructor(description: Description) {
    this.#compiled = new Compiled(description);
    this.permissions = Object.freeze(description.permissions);
    this.roles = Object.freeze(description.roles);
  }

  /** Decides one request. What makes no sense is denied; throws only `disposed` and `re-entered`. */
  decide(request: AuthzRequest): AuthzDecision {
    return this.#write(request) ? this.#compiled.decide() : this.#compiled.decisions.badRequest;
  }

  /**
   * Decides the same request about many resources: `request` is common to all, and each of `resources` takes the place of
   * `request.resource`. One call for a list of any length.
   */
  decideMany(request: Omit<AuthzRequest, "resource">, resources: readonly unknown[]): AuthzDecision[] {
    if (!Array.isArray(resources)) throw new AuthzError("bad-argument", "resources must be an array.");
    const decisions = new Array<AuthzDecision>(resources.length).fill(this.#compiled.decisions.badRequest);
    for (let start = 0; start < decisions.length; ) {
      const count = this.#writeMany(request as AuthzRequest, resources, start);
      if (count === 0) return decisions.fill(this.#compiled.decisions.badRequest);
      this.#compiled.decideMany(decisions, start, count);
      start += count;
    }
    return decisions;
  }

  /**
   * Packs who asks, with everything but `permission` and `resource`, to be asked about many times: one decision then takes
   * a third of the time. Someone without a list of roles is allowed nothing.
   */
  subject(request: Omit<AuthzRequest, "permission" | "resource">): AuthzSubject {
    this.#compiled.live();
    if (typeof request !== "object" || request === null) {
      throw new AuthzError("bad-argument", "A subject is an object with roles.");
    }
    return new AuthzSubject(
      this.#compiled,
      this.#read(() => new PackedSubject(this.#compiled.packer, request)),
    );
  }

  /** Packs resources, as they are now, to be asked about by any number of subjects: `resources([one])` for `decide`. */
  resources(resources: readonly unknown[]): PackedResources {
    this.#compiled.live();
    if (!Array.isArray(resources)) throw new AuthzError("bad-argument", "resources must be an array.");
    return this.#read(() => new PackedResources(this.#compiled.packer, resources));
  }

  /** Decides as `decide` does and says what became of every rule on the way. */
  explain(request: AuthzRequest): AuthzExplanation {
    if (!this.#write(request)) return { ...this.#compiled.decisions.badRequest, steps: [] };
    const decision = this.#compiled.explain();
    const steps: AuthzStep[] = [];
    const count = words[layout.countAt] as number;
    for (let at = layout.outAt; at < layout.outAt + count * STEP_WORDS; at += STEP_WORDS) steps.push(this.#step(at));
    return { ...decision, steps };
  }

  /** Frees the policy. Every later call, also of its subjects, throws `disposed`; disposing twice is fine. */
  dispose(): void {
    this.#compiled.dispose();
  }

  /** Writes a request; false for one that is none. */
  #write(request: AuthzRequest): boolean {
    this.#compiled.live();
    if (typeof request !== "object" || request === null) return false;
    const { packer } = this.#compiled;
    return this.#read(() => {
      const { roles } = request;
      const permission = packer.permission(request.permission);
      if (permission < 0 || !packer.writeRoles(roles)) return false;
      packer.writeValues(request, packer.asked(permission).all);
      words[layout.permissionAt] = permission;
      return true;
    });
  }

  /** Writes what is common and as many resources as find room; how many they are. */
  #writeMany(request: AuthzRequest, resources: readonly unknown[], start: number): number {
    this.#compiled.live();
    if (typeof request !== "object" || request === null) return 0;
    const { packer } = this.#compiled;
    return this.#read(() => {
      const { roles } = request;
      const permission = packer.permission(request.permission);
      if (permission < 0 || !packer.writeRoles(roles)) return 0;
      const { ofResource, others } = packer.asked(permission);
      packer.writeValues(request, others);
      packer.writeList(ofResource);
      words[layout.permissionAt] = permission;
      return packer.writeRows(resources, start, ofResource);
    });
  }

  #read<T>(read: () => T): T {
    return whileReading(() => {
      unload();
      this.#compiled.packer.texts.forgetSome();
      return read();
    });
  }

  #step(at: number): AuthzStep {
    const [rule = 0, outcome = 0, attribute = NONE, line = 0, column = 0] = words.subarray(at, at + STEP_WORDS);
    return {
      rule: this.#compiled.description.rules[rule] ?? "",
      outcome: outcomes[outcome] ?? "false",
      attribute: this.#compiled.description.attributes[attribute],
      line,
      column,
    };
  }
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

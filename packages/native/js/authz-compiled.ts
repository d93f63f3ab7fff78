import { type AuthzDecision, Decisions } from "./authz-decision.ts";
import { AuthzError } from "./authz-error.ts";
import { type Description, layout, native, words } from "./authz-native.ts";
import { Packer } from "./authz-request.ts";

const { policyAt, outAt } = layout;
/** The decisions in the buffer fit 31 bits; read without a sign bit they would become floating-point numbers. */
const packed = new Int32Array(native.scratch);
const dropped = new FinalizationRegistry<number>((policy) => native.free(policy));

/** What a policy and its subjects share: the policy in C, which is freed with the last of them. */
export class Compiled {
  readonly description: Description;
  readonly packer: Packer;
  readonly decisions: Decisions;
  /** Its number in C; -1 when disposed of. */
  #id: number;

  constructor(description: Description) {
    this.description = description;
    this.packer = new Packer(description);
    this.decisions = new Decisions(description);
    this.#id = description.id;
    dropped.register(this, this.#id, this);
  }

  dispose(): void {
    if (this.#id < 0) return;
    dropped.unregister(this);
    native.free(this.#id);
    this.#id = -1;
  }

  /** Throws `disposed`. */
  live(): void {
    if (this.#id < 0) throw new AuthzError("disposed", "The policy was disposed of.");
  }

  /** Decides what stands in the buffer. */
  decide(): AuthzDecision {
    this.#select();
    return this.decisions.of(native.decide());
  }

  /** Decides about the resources that stand in the buffer; their decisions take the places from `start` on. */
  decideMany(decisions: AuthzDecision[], start: number, count: number): void {
    this.#select();
    native.decideMany();
    this.decisions.read(packed, outAt, count, decisions, start);
  }

  /** Decides what stands in the buffer, and leaves the steps there. */
  explain(): AuthzDecision {
    this.#select();
    return this.decisions.of(native.explain());
  }

  #select(): void {
    this.live();
    words[policyAt] = this.#id;
  }
}

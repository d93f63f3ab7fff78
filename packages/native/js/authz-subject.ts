import type { Compiled } from "./authz-compiled.ts";
import type { AuthzDecision } from "./authz-decision.ts";
import { AuthzError } from "./authz-error.ts";
import { layout, loaded, refuseReentry, whileReading, words } from "./authz-native.ts";
import { PackedResources, type PackedSubject } from "./authz-packed.ts";

const { permissionAt } = layout;

/**
 * Somebody whose roles and attributes were packed once, to be asked about many times. They stay as they were when the
 * subject was made: make another one when a role, a facility or the time of day counts that has changed.
 */
export class AuthzSubject {
  readonly #compiled: Compiled;
  readonly #packed: PackedSubject;

  /** Use `policy.subject`. */
  constructor(compiled: Compiled, packed: PackedSubject) {
    this.#compiled = compiled;
    this.#packed = packed;
  }

  /** Decides about one resource: an object, or `policy.resources` of one. Throws only `disposed` and `re-entered`. */
  decide(permission: string, resource?: unknown): AuthzDecision {
    const { packer, decisions } = this.#compiled;
    this.#compiled.live();
    refuseReentry();
    const number = packer.permission(permission);
    const isPacked = resource instanceof PackedResources;
    if (number < 0 || (isPacked && !(resource.length === 1 && resource.isOf(packer)))) return decisions.badRequest;
    if (!this.#packed.load()) return decisions.badRequest;
    const taken = this.#packed.poolLen;
    if (isPacked) resource.layOver(taken);
    else whileReading(() => packer.writeResource(resource, packer.asked(number).ofResource, taken));
    words[permissionAt] = number;
    return this.#compiled.decide();
  }

  /** Decides about many resources, packed or not: one decision each, in their order. */
  decideMany(permission: string, resources: PackedResources | readonly unknown[]): AuthzDecision[] {
    const { packer, decisions } = this.#compiled;
    const isPacked = resources instanceof PackedResources;
    if (!isPacked && !Array.isArray(resources)) throw new AuthzError("bad-argument", "resources must be a list.");
    this.#compiled.live();
    refuseReentry();
    const number = packer.permission(permission);
    const made = new Array<AuthzDecision>(resources.length);
    if (number < 0 || (isPacked && !resources.isOf(packer)) || !this.#packed.load())
      return made.fill(decisions.badRequest);
    if (isPacked) this.#decidePacked(number, resources, made);
    else this.#decidePlain(number, resources, made);
    return made;
  }

  #decidePacked(permission: number, resources: PackedResources, made: AuthzDecision[]): void {
    let start = 0;
    for (const block of resources.blocks) {
      resources.load(block);
      words[permissionAt] = permission;
      this.#compiled.decideMany(made, start, block.count);
      start += block.count;
    }
  }

  #decidePlain(permission: number, resources: readonly unknown[], made: AuthzDecision[]): void {
    const { packer } = this.#compiled;
    const { ofResource } = packer.asked(permission);
    loaded.resources = loaded.list = undefined;
    for (let start = 0; start < made.length; ) {
      const from = start;
      const count = whileReading(() => packer.writeRows(resources, from, ofResource));
      packer.writeList(ofResource);
      words[permissionAt] = permission;
      this.#compiled.decideMany(made, start, count);
      start += count;
    }
  }
}

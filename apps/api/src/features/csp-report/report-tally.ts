import type { Violation } from "./read-reports.ts";

const tenantsMax = 200;
const kindsMax = 50;

export type Counted = Violation & { count: number };

/**
 * Counts violations of each organisation until they are taken. However much browsers send, or somebody in their name, it holds at most fifty
 * kinds an organisation; what is more is only counted.
 */
export class ReportTally {
  #tenants = new Map<string | null, { kinds: Map<string, Counted>; others: number }>();

  /** @param tenantId null where the page belongs to nobody signed in */
  add(tenantId: string | null, violations: readonly Violation[]): void {
    let tenant = this.#tenants.get(tenantId);
    if (!tenant) {
      if (this.#tenants.size >= tenantsMax) return;
      tenant = { kinds: new Map(), others: 0 };
      this.#tenants.set(tenantId, tenant);
    }
    for (const violation of violations) {
      const key = JSON.stringify([violation.directive, violation.blocked, violation.page]);
      const known = tenant.kinds.get(key);
      if (known) known.count++;
      else if (tenant.kinds.size < kindsMax) tenant.kinds.set(key, { ...violation, count: 1 });
      else tenant.others++;
    }
  }

  /** Everything counted since the last time. */
  take(): { tenantId: string | null; violations: Counted[]; others: number }[] {
    const tenants = [...this.#tenants];
    this.#tenants = new Map();
    return tenants.map(([tenantId, { kinds, others }]) => ({ tenantId, violations: [...kinds.values()], others }));
  }
}

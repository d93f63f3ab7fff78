import { Gauge } from "prom-client";
import { eachTenant } from "../../core/each-tenant.ts";
import type { Platform } from "../../core/platform.ts";
import { auditStatus } from "../audit/index.ts";
import { countAllJobs } from "./job-store.ts";

/** Asked of the database at most this often, however many scrapers there are. */
const freshMs = 15_000;

type Numbers = { jobs: Map<string, number>; oldestWaitSeconds: number; sealLagSeconds: number; tampered: number };

/**
 * What only the database knows, for /metrics: jobs by state, and how far the sealing of the audit logs is behind. Where it cannot be
 * asked the numbers are left out, and the scrape answers all the same.
 */
export function watchInstallation(platform: Platform): void {
  const { registry } = platform.meter;
  if (registry.getSingleMetric("infirmary_jobs")) return;
  let asked: { atMs: number; numbers: Promise<Numbers | null> } | null = null;
  const numbers = () => {
    if (!asked || Date.now() - asked.atMs > freshMs)
      asked = { atMs: Date.now(), numbers: ask(platform).catch(() => null) };
    return asked.numbers;
  };
  new Gauge({
    name: "infirmary_jobs",
    help: "Jobs in the queue by state; failed ones have given up",
    labelNames: ["state"],
    registers: [registry],
    async collect() {
      this.reset();
      for (const [state, jobs] of (await numbers())?.jobs ?? []) this.set({ state }, jobs);
    },
  });
  const gauge = (name: string, help: string, read: (found: Numbers) => number) =>
    new Gauge({
      name,
      help,
      registers: [registry],
      async collect() {
        const found = await numbers();
        if (found) this.set(read(found));
        else this.remove();
      },
    });
  gauge("infirmary_job_oldest_wait_seconds", "How long a job has waited past its time", (one) => one.oldestWaitSeconds);
  gauge(
    "infirmary_audit_seal_lag_seconds",
    "Age of the oldest audit entry without a seal",
    (one) => one.sealLagSeconds,
  );
  gauge("infirmary_audit_tampered_logs", "Organisations whose audit log was tampered with", (one) => one.tampered);
}

async function ask(platform: Platform): Promise<Numbers> {
  const { jobs, oldestWaitSeconds } = await countAllJobs(platform.database.pool);
  let sealLagSeconds = 0;
  let tampered = 0;
  await eachTenant(platform, async (work) => {
    const { lagSeconds, state } = await auditStatus(work);
    sealLagSeconds = Math.max(sealLagSeconds, lagSeconds);
    if (state === "tampered") tampered++;
  });
  return { jobs, oldestWaitSeconds, sealLagSeconds, tampered };
}

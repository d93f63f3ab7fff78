import { newId } from "../../../core/id.ts";
import type { Platform } from "../../../core/platform.ts";
import { inWork, type Work } from "../../../core/unit-of-work.ts";
import { raiseAlarm } from "./alarm.ts";
import type { Anchor } from "./anchor/anchor.ts";
import { anchorHeads } from "./anchor/anchor-heads.ts";
import { findHead, oldestUnsealed, readHorizon, tenantsToSeal } from "./seal-store.ts";
import { sealTenant } from "./seal-tenant.ts";
import type { Signer } from "./statement.ts";

export type SealerParts = { platform: Platform; signer: Signer; anchors: readonly Anchor[] };
export type SealerPace = { sealEveryMs?: number; anchorEveryMs?: number; lagMaxMs?: number };

const lagEveryMs = 10_000;

/** Seals everything below the horizon, of every tenant. @returns the number of entries sealed */
export async function sealAll({ platform, signer }: Pick<SealerParts, "platform" | "signer">): Promise<number> {
  const { pool } = platform.database;
  const { horizon, epoch } = await readHorizon(pool);
  let entries = 0;
  for (const tenantId of await tenantsToSeal(pool, horizon)) {
    for (;;) {
      const sealed = await inScope(platform, tenantId, (work) => sealTenant(work, { signer, horizon, epoch }));
      if (!sealed) break;
      entries += sealed.entries;
      if (sealed.forged.length > 0)
        await raiseAlarm(platform, tenantId, {
          title: "The audit log holds entries that Infirmary did not write.",
          facts: { seal: sealed.number, entries: sealed.forged.slice(0, 20) },
        });
    }
  }
  return entries;
}

/** Alarms for every tenant whose oldest unsealed entry is older than allowed: a transaction that does not end holds the horizon, or sealing fails. */
export async function watchLag(platform: Platform, lagMaxMs: number): Promise<void> {
  const { rows } = await platform.database.pool.query<{ id: string }>("SELECT id FROM tenant ORDER BY id");
  for (const { id } of rows) {
    const lagMs = await inScope(platform, id, async ({ connection, now }) => {
      const oldest = await oldestUnsealed(connection, id, await findHead(connection, id));
      return oldest.at ? now.getTime() - oldest.at.getTime() : 0;
    });
    if (lagMs > lagMaxMs)
      await raiseAlarm(platform, id, {
        title: "The audit log is not being sealed.",
        facts: { lagSeconds: Math.round(lagMs / 1000) },
      });
  }
}

/**
 * Seals every second, anchors the newest seals outside the database every five minutes and at the end, and alarms when
 * sealing is a minute behind. A failed round is logged and tried again. @returns stops after the running round
 */
export function startSealer(
  { platform, signer, anchors }: SealerParts,
  { sealEveryMs = 1000, anchorEveryMs = 300_000, lagMaxMs = 60_000 }: SealerPace = {},
): () => Promise<void> {
  let isStopping = false;
  let anchorAt = 0;
  let lagAt = performance.now() + lagEveryMs;
  let wake: () => void = () => undefined;
  const attempt = async (what: string, work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      platform.log.error({ err: error }, what);
    }
  };
  const round = async () => {
    await attempt("audit sealing failed", () => sealAll({ platform, signer }));
    if (isStopping || performance.now() >= anchorAt) {
      anchorAt = performance.now() + anchorEveryMs;
      await attempt("audit anchoring failed", () => anchorHeads(platform, anchors));
    }
    if (performance.now() >= lagAt) {
      lagAt = performance.now() + lagEveryMs;
      await attempt("audit lag not known", () => watchLag(platform, lagMaxMs));
    }
  };
  const running = (async () => {
    while (!isStopping) {
      await round();
      if (isStopping) break;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, sealEveryMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    await round();
  })();
  return () => {
    isStopping = true;
    wake();
    return running;
  };
}

const inScope = <T>(platform: Platform, tenantId: string, fn: (work: Work) => Promise<T>): Promise<T> =>
  inWork(platform, { tenantId, actor: null, requestId: newId(), ip: null }, fn);

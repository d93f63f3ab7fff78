import { generateKeyPairSync } from "node:crypto";
import pg from "pg";
import { newId } from "../src/core/id.ts";
import type { Platform } from "../src/core/platform.ts";
import { inWork } from "../src/core/unit-of-work.ts";
import { signerOf, startSealer } from "../src/features/audit/index.ts";

const writers = 32;
const spread = 20;
const rounds = 3;

export type HotTenantMeasured = {
  /** Audited transactions a second of 32 writers: all in one tenant, and over twenty. */
  hotPerSecond: number;
  spreadPerSecond: number;
  /** Hot of spread, the median of the rounds; the goal is 0.8. */
  hotShare: number;
  sealed: number;
};

/**
 * One hot tenant against twenty, 32 writers each, sealed all the while: a chain head that writers had to lock would show here. Each
 * write is a unit of work with one event and one audit entry. The two take turns, so that a busy machine slows both.
 */
export async function benchHotTenant(
  platform: Platform,
  ownerUrl: string,
  seconds: number,
): Promise<HotTenantMeasured> {
  const tenants = await benchTenants(ownerUrl);
  const pem = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const stop = startSealer({ platform, signer: signerOf(pem), anchors: [] });
  const hot: number[] = [];
  const wide: number[] = [];
  await writesPerSecond(platform, tenants, 1);
  for (let round = 0; round < rounds; round++) {
    hot.push(await writesPerSecond(platform, tenants.slice(0, 1), seconds));
    wide.push(await writesPerSecond(platform, tenants, seconds));
  }
  await stop();
  const shares = hot.map((rate, round) => rate / (wide[round] ?? rate));
  const sealed = await sealedEntries(ownerUrl, tenants);
  return { hotPerSecond: median(hot), spreadPerSecond: median(wide), hotShare: median(shares), sealed };
}

async function writesPerSecond(platform: Platform, tenants: readonly string[], seconds: number): Promise<number> {
  const until = performance.now() + seconds * 1000;
  let writes = 0;
  const writer = async (index: number) => {
    const tenantId = tenants[index % tenants.length] ?? "";
    while (performance.now() < until) {
      await inWork(platform, { tenantId, actor: null, requestId: newId(), ip: "127.0.0.1" }, async (work) => {
        work.audit({
          action: "bench.write",
          entity: "bench",
          entityId: newId(),
          after: { status: "ORDERED", number: "L-0001" },
        });
        work.emit({ name: "bench.written" });
      });
      writes++;
    }
  };
  await Promise.all(Array.from({ length: writers }, (_, index) => writer(index)));
  return writes / seconds;
}

async function benchTenants(ownerUrl: string): Promise<string[]> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query(
      `INSERT INTO tenant (id, slug, name) SELECT gen_random_uuid(), 'bench-trust-' || n, 'Bench ' || n FROM generate_series(1, ${spread}) n ON CONFLICT (slug) DO NOTHING`,
    );
    const { rows } = await owner.query<{ id: string }>(
      "SELECT id FROM tenant WHERE slug LIKE 'bench-trust-%' ORDER BY slug",
    );
    return rows.map(({ id }) => id);
  } finally {
    await owner.end();
  }
}

async function sealedEntries(ownerUrl: string, tenants: readonly string[]): Promise<number> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const { rows } = await owner.query<{ entries: number }>(
      "SELECT sum(entries)::float8 AS entries FROM audit_seal WHERE tenant_id = ANY ($1)",
      [tenants],
    );
    return rows[0]?.entries ?? 0;
  } finally {
    await owner.end();
  }
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

import { once } from "node:events";
import { connect } from "node:net";
import { hl7 } from "@infirmary/native";
import pg from "pg";
import { newId } from "../src/core/id.ts";
import type { Measured, Pace } from "./support/load.ts";
import { oruOf20 } from "./support/oru.ts";
import { openOrders } from "./uploads.ts";

/** Analysers that each send a message of 20 OBX over MLLP and wait for its acknowledgement, which says that it is durable. */
export async function benchLab(
  port: number,
  { ownerUrl, senders, seconds }: Pick<Pace, "seconds"> & { ownerUrl: string; senders: number },
): Promise<Measured> {
  const targets = await openOrders(ownerUrl);
  const latenciesMs: number[] = [];
  let failures = 0;
  let n = 0;
  const countFrom = performance.now() + 1000;
  const until = countFrom + seconds * 1000;
  const send = async () => {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    await once(socket, "connect");
    const framer = new hl7.Framer();
    while (performance.now() < until) {
      const target = targets[n++ % targets.length];
      if (!target) throw new Error("There is no order to file with.");
      const bytes = hl7.frame(Buffer.from(oruOf20(target)));
      const startedAt = performance.now();
      socket.write(bytes);
      let answers: Uint8Array[] = [];
      while (answers.length === 0) {
        const [chunk] = (await once(socket, "data")) as [Buffer];
        answers = framer.push(chunk);
      }
      if (startedAt < countFrom) continue;
      latenciesMs.push(performance.now() - startedAt);
      if (!Buffer.from(answers[0] ?? []).includes("\rMSA|AA|")) failures++;
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: senders }, send));
  latenciesMs.sort((a, b) => a - b);
  const at = (share: number) =>
    latenciesMs[Math.min(latenciesMs.length - 1, Math.floor(latenciesMs.length * share))] ?? Number.NaN;
  return {
    requests: latenciesMs.length,
    answered: n,
    perSecond: latenciesMs.length / seconds,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    failures,
  };
}

/** The bench hospital takes plain connections of this machine. */
export async function seedAnalyser(ownerUrl: string): Promise<void> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const { rows } = await owner.query<{ tenant_id: string }>(
      "SELECT tenant_id FROM service_order WHERE order_number LIKE 'B%' LIMIT 1",
    );
    const tenantId = rows[0]?.tenant_id;
    const known = await owner.query("SELECT 1 FROM partner_certificate WHERE fingerprint = 'loopback'");
    if (!tenantId || known.rowCount) return;
    const id = newId();
    await owner.query("INSERT INTO partner (tenant_id, id, name) VALUES ($1, $2, 'Bench analyser')", [tenantId, id]);
    await owner.query(
      "INSERT INTO partner_certificate (tenant_id, fingerprint, partner_id) VALUES ($1, 'loopback', $2)",
      [tenantId, id],
    );
  } finally {
    await owner.end();
  }
}

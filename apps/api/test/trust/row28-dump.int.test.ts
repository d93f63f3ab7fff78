import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../harness.ts";
import { oruOf, placeOrder, registerPatient, upload } from "../lab.ts";

/** Row 28: who copies the database's files, its write-ahead log and its log has no sealed value in clear. */
let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe("a copy of the database's files", () => {
  it("holds none of 1,000 sealed values in clear", { timeout: 300_000 }, async () => {
    const canaries = Array.from({ length: 1_000 }, (_, index) => `zqsecret${index.toString(36).padStart(3, "0")}q`);
    const left = [...canaries];
    const next = () => left.pop() ?? "";
    while (left.length >= 4) {
      const patient = await registerPatient(api, {
        firstName: "Zqreadable",
        phone: `+1 ${Math.floor(Math.random() * 1e9)}`,
        email: `${next()}@example.org`,
        address: `1 ${next()} ${next()}`,
      });
      if (left.length % 10 !== 0) continue;
      const order = await placeOrder(api, patient);
      // A segment that nothing reads: it stands in the raw message only.
      const message = `${oruOf(patient, order, [{}])}ZZZ|${next()}\r`;
      expect((await upload(api, order.id, message)).status).toBe(201);
    }
    await api.owner.query("CHECKPOINT");
    const found = await filesWith("zqsecret");
    expect(found).toEqual([]);
    // The search itself works: names stay readable, by decision.
    expect((await filesWith("Zqreadable")).length).toBeGreaterThan(0);
  });
});

/** Files of this database, of the write-ahead log and of the server's log that hold a text. */
async function filesWith(text: string): Promise<string[]> {
  const { rows } = await api.owner.query<{ file: string }>(
    `WITH folder AS (
       SELECT 'base/' || oid AS path FROM pg_database WHERE datname = current_database() UNION ALL SELECT 'pg_wal' UNION ALL SELECT 'log'),
     file AS MATERIALIZED (
       SELECT f.path || '/' || name AS file FROM folder f, LATERAL pg_ls_dir(f.path, true, false) name
        WHERE NOT (pg_stat_file(f.path || '/' || name, true)).isdir)
     SELECT file FROM file WHERE position(convert_to($1, 'UTF8') IN pg_read_binary_file(file, 0, 67108864, true)) > 0`,
    [text],
  );
  return rows.map(({ file }) => file);
}

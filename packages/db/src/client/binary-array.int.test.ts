import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { testDatabase } from "../../test-support/index.ts";
import { binaryArray } from "./binary-array.ts";

let client: pg.Client;
beforeAll(async () => {
  client = new pg.Client({ connectionString: (await testDatabase()).ownerUrl });
  await client.connect();
});
afterAll(() => client.end());

const orNull = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
/** PostgreSQL's text holds no NUL. */
const text = orNull(fc.string({ unit: "binary", maxLength: 300 }).map((value) => value.replaceAll("\0", "")));
const bytes = orNull(fc.uint8Array({ maxLength: 300 }).map((value) => Buffer.from(value)));
const time = orNull(fc.date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true }));

it("hands the database the values that the text form hands it, nulls and empty arrays included", async () => {
  const row = fc.tuple(orNull(fc.uuid()), text, orNull(fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })), time, bytes);
  await fc.assert(
    fc.asyncProperty(fc.array(row, { maxLength: 40 }), async (rows) => {
      const at = <K extends 0 | 1 | 2 | 3 | 4>(index: K) => rows.map((one) => one[index]);
      const { rows: read } = await client.query({
        text: "SELECT * FROM unnest($1::uuid[], $2::text[], $3::int[], $4::timestamptz[], $5::bytea[]) AS r (a, b, c, d, e)",
        values: [
          binaryArray.uuid(at(0)),
          binaryArray.text(at(1)),
          binaryArray.int(at(2)),
          binaryArray.timestamptz(at(3)),
          binaryArray.bytea(at(4)),
        ],
        rowMode: "array",
      });
      expect(read).toEqual(rows);
    }),
    { numRuns: 60 },
  );
});

it("refuses what is no id, and carries a value longer than its buffer", async () => {
  expect(() => binaryArray.uuid(["not-an-id"])).toThrow("UUID");
  const long = "é".repeat(3_000_000);
  const { rows } = await client.query("SELECT ($1::text[])[2] AS long", [binaryArray.text(["a", long])]);
  expect(rows[0].long === long).toBe(true);
});

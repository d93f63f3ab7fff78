import type { LabTestDetail } from "@infirmary/shared/catalog";
import type { Page } from "@infirmary/shared/core";
import { z } from "zod";
import { AppError } from "../../core/app-error.ts";
import { decodeCursor, pageFrom } from "../../core/cursor.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { findTests, listTestCodes } from "./definition-store.ts";

const keys = z.strictObject({ shortName: z.string(), code: z.string() });

/** A page of the catalogue by name; `all` shows what is out of use too. */
export async function listTests(
  { connection, scope }: Work,
  input: { q: string; category?: string | undefined; all: boolean; limit: number; cursor?: string | null | undefined },
): Promise<Page<LabTestDetail>> {
  const { tenantId } = scope;
  const codes = await listTestCodes(connection, {
    tenantId,
    words: input.q.trim().split(/\s+/).filter(Boolean),
    category: input.category ?? null,
    all: input.all,
    after: decodeCursor(input.cursor, keys),
    limit: input.limit + 1,
  });
  const tests = new Map(
    (await findTests(connection, { tenantId, codes: codes.map(({ code }) => code) })).map((test) => [test.code, test]),
  );
  const page = pageFrom(
    codes,
    input.limit,
    ({ code }) => tests.get(code),
    ({ shortName, code }) => ({ shortName, code }),
  );
  return { ...page, items: page.items.filter((test) => test !== undefined) };
}

/** One test, whole. */
export async function getTest({ connection, scope }: Work, { code }: { code: string }): Promise<LabTestDetail> {
  const [test] = await findTests(connection, { tenantId: scope.tenantId, codes: [code] });
  if (!test) throw new AppError("not-found", { detail: "The catalogue has no test of this code." });
  return test;
}

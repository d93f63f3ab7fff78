import { expect, it } from "vitest";
import { newId } from "./id.ts";

it("makes ids that are UUIDv7, differ, and sort as they were made, also within a millisecond", () => {
  const ids = Array.from({ length: 500 }, () => newId(1_790_000_000_000));
  expect(ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toBe(
    true,
  );
  expect(new Set(ids).size).toBe(500);
  expect([...ids].sort()).toEqual(ids);
  expect(newId(1_790_000_000_001) > (ids.at(-1) ?? "")).toBe(true);
});

import { expect, it } from "vitest";
import { z } from "zod";
import { faultsOf } from "./faults-of.ts";

const faults = faultsOf(
  z.strictObject({ name: z.string().min(2, "Longer."), tags: z.array(z.string().max(1, "Shorter.")) }),
);

it("says the schema's own sentence at the field, and nothing for what is right", () => {
  expect(faults({ name: "x", tags: ["ab"] })).toEqual({ name: "Longer.", "tags.0": "Shorter." });
  expect(faults({ name: "xy", tags: [] })).toEqual({});
});

import { expect, it } from "vitest";
import { withoutDirection } from "./without-direction.ts";

it("takes away what infinite queries add, and nothing else", () => {
  expect(withoutDirection({ patientId: "p", direction: "forward" })).toEqual({ patientId: "p" });
  expect(withoutDirection({ sort: "name", direction: "desc" })).toEqual({ sort: "name", direction: "desc" });
  expect(withoutDirection(undefined)).toBeUndefined();
});

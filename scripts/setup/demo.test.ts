import { expect, it } from "vitest";
import { wantsDemo } from "./demo.ts";

it.each([
  [{}, true],
  [{ NODE_ENV: "development" }, true],
  [{ NODE_ENV: "production" }, false],
  [{ NODE_ENV: "production", INFIRMARY_DEMO: "1" }, true],
  [{ INFIRMARY_DEMO: "0" }, false],
])("with %o demo data is loaded: %s", (env, expected) => {
  expect(wantsDemo(env)).toBe(expected);
});

import { readFileSync } from "node:fs";
import { errorCodes } from "@infirmary/shared/core";
import { expect, it } from "vitest";

it("docs/api.md lists every error code with its status, and none that does not exist", () => {
  const text = readFileSync(new URL("../../../../docs/api.md", import.meta.url), "utf8");
  const listed = [...text.matchAll(/^\| `([a-z0-9-]+)` \| (\d{3}) \|/gm)].map((match) => [match[1], Number(match[2])]);
  expect(Object.fromEntries(listed)).toEqual(
    Object.fromEntries(Object.entries(errorCodes).map(([code, { http }]) => [code, http])),
  );
});

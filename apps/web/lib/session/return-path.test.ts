import { describe, expect, it } from "vitest";
import { safeReturnPath, signInPath } from "./return-path.ts";

describe("the way back after signing in", () => {
  it("keeps a path of ours with its query", () => {
    expect(safeReturnPath("/orders/new?patient=1")).toBe("/orders/new?patient=1");
    expect(signInPath("/patients")).toBe("/sign-in?from=%2Fpatients");
    expect(signInPath("/")).toBe("/sign-in");
  });
  it.each([
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "javascript:alert(1)",
    "patients",
    "",
    null,
    undefined,
    "/sign-in?from=/x",
    "/api/auth/signout",
  ])("never leads elsewhere or in a circle: %s", (path) => expect(safeReturnPath(path)).toBe("/"));
});

import { describe, expect, it } from "vitest";
import { apiError, isSignedOut } from "./api-error.ts";

const answered = (data: object) => Object.assign(new Error("raw text of a library"), { data });

describe("an error of the API", () => {
  it("is read with its fields, its number and the record as it is now", () => {
    const error = answered({
      code: "stale-version",
      title: "t",
      detail: "d",
      errors: [{ path: "a", message: "m" }, { nonsense: true }],
      requestId: "r",
      retryAfterSeconds: 3,
      current: { version: 2 },
    });
    expect(apiError(error)).toEqual({
      code: "stale-version",
      title: "t",
      detail: "d",
      errors: [{ path: "a", message: "m" }],
      requestId: "r",
      retryAfterSeconds: 3,
      current: { version: 2 },
    });
  });
  it.each([new Error("SELECT * FROM secret"), answered({}), "text", null, undefined])(
    "of any other origin shows no text that is not ours: %s",
    (error) => {
      expect(apiError(error)).toMatchObject({ code: "unreachable", requestId: null, errors: [] });
      expect(JSON.stringify(apiError(error))).not.toContain("secret");
    },
  );
  it("says whether the session is over", () => {
    expect(
      ["token-invalid", "not-signed-in", "not-allowed"].map((code) => isSignedOut(answered({ code, title: "" }))),
    ).toEqual([true, true, false]);
  });
});

import { describe, expect, it } from "vitest";
import { readRefusal, waitText } from "./sign-in.ts";

const refusal = (carried: unknown) =>
  `http://localhost:3000/sign-in?error=${encodeURIComponent(typeof carried === "string" ? carried : JSON.stringify(carried))}`;

describe("a refused sign-in", () => {
  it("says the sentence of the catalogue", () => {
    expect(readRefusal(refusal({ code: "sign-in-failed", retryAfterSeconds: null }))).toEqual({
      title: "The user name or password is not right.",
      detail: null,
    });
  });
  it("says how long to wait", () => {
    expect(readRefusal(refusal({ code: "too-many-attempts", retryAfterSeconds: 61 })).detail).toBe(
      "Try again in 61 seconds.",
    );
  });
  it.each(["CredentialsSignin", "{}", { code: "made-up" }])("never shows a text that is not ours: %s", (carried) => {
    expect(readRefusal(refusal(carried)).title).toBe("Signing in did not work. Try again in a moment.");
  });
  it("reads a missing address as a failure", () => expect(readRefusal(undefined).detail).toBeNull());
  it("rounds the wait up", () => {
    expect([waitText(0.2), waitText(1), waitText(90), waitText(91), waitText(601)]).toEqual([
      "1 second",
      "1 second",
      "90 seconds",
      "2 minutes",
      "11 minutes",
    ]);
  });
});

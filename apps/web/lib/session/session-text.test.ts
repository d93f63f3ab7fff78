import { expect, it } from "vitest";
import { placeText, proofText } from "./session-text.ts";

it("says of an address what is certain and nothing else", () => {
  expect(
    ["127.0.0.1", "::1", "10.1.2.3", "172.20.0.1", "172.32.0.1", "fd12::1", "203.0.113.9", null].map(placeText),
  ).toEqual([
    "127.0.0.1 (this computer)",
    "::1 (this computer)",
    "10.1.2.3 (your network)",
    "172.20.0.1 (your network)",
    "172.32.0.1",
    "fd12::1 (your network)",
    "203.0.113.9",
    "Not known",
  ]);
});

it("names how a session was opened, and does not guess", () => {
  expect([proofText("password+totp"), proofText("telepathy")]).toEqual([
    "by password and app",
    "in a way not known here",
  ]);
});

import { expect, it } from "vitest";
import { commentFault } from "./sign-off-rules.ts";

it("lets results without a critical value be signed off without a comment", () => {
  expect(commentFault({ critical: 0 }, "")).toBeNull();
});
it("asks for a comment where a value is critical, and does not take blanks for one", () => {
  expect(commentFault({ critical: 1 }, " \n")).toBe("A critical value needs a comment: say what was done about it.");
  expect(commentFault({ critical: 2 }, "")).toMatch(/^2 critical values need/);
  expect(commentFault({ critical: 2 }, "Called the ward, potassium binder given")).toBeNull();
});

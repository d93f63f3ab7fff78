import { expect, it } from "vitest";
import { sizeText } from "./size-text.ts";

it("says sizes in whole kilobytes and tenths of megabytes", () => {
  expect([1, 2048, 1_022_976, 5 * 1024 * 1024].map(sizeText)).toEqual(["1 KB", "2 KB", "999 KB", "5.0 MB"]);
});

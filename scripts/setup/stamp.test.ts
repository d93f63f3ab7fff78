import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { onceFor } from "./stamp.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "infirmary-stamp-"));
  mkdirSync(join(folder, "src", "node_modules"), { recursive: true });
  writeFileSync(join(folder, "src", "a.ts"), "1");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const build = (work: () => Promise<unknown> = async () => undefined) =>
  onceFor(join(folder, "out", "stamp"), [join(folder, "src"), join(folder, "missing")], work);

describe("onceFor", () => {
  it("works at first, and not again while the inputs stay the same", async () => {
    expect([await build(), await build()]).toEqual([true, false]);
  });

  it.each([
    ["changed", "a.ts", "2"],
    ["added", "b.ts", "1"],
  ])("works again when a file is %s", async (_what, name, content) => {
    await build();
    writeFileSync(join(folder, "src", name), content);
    expect(await build()).toBe(true);
  });

  it.each(["a.test.ts", "node_modules/x.js", "next-env.d.ts", "tsconfig.tsbuildinfo"])(
    "does not care about %s",
    async (name) => {
      await build();
      writeFileSync(join(folder, "src", name), "x");
      expect(await build()).toBe(false);
    },
  );

  it("works again after a failure", async () => {
    await expect(build(() => Promise.reject(new Error("full disk")))).rejects.toThrow("full disk");
    expect(await build()).toBe(true);
  });
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { belowFloor, compareVersions, floors } from "./version-floors.ts";

const lock = (packages: Record<string, string>) => ({
  packages: Object.fromEntries(Object.entries(packages).map(([path, version]) => [path, { version }])),
});

describe("the floors", () => {
  it("hold for every package of the lock file", () => {
    expect(belowFloor(JSON.parse(readFileSync(join(import.meta.dirname, "../../package-lock.json"), "utf8")))).toEqual(
      [],
    );
  });

  it.each(floors.map(({ name, floor, major, newestToBeHad }) => [name, newestToBeHad ?? floor, major] as const))(
    "fail the check when %s is below %s, wherever it is installed",
    (name, least, major) => {
      const below = least.replace(/^(\d+)\.(\d+)\.(\d+).*$/, (_, one, two, three) =>
        Number(three) > 0 ? `${one}.${two}.${Number(three) - 1}` : `${one}.${Number(two) - 1}.99`,
      );
      expect(belowFloor(lock({ [`node_modules/${name}`]: least }))).toEqual([]);
      expect(belowFloor(lock({ [`node_modules/other/node_modules/${name}`]: below }))).toHaveLength(1);
      if (major !== undefined)
        expect(belowFloor(lock({ [`node_modules/${name}`]: "99.0.0" }))[0]).toMatch(/a line without a floor/);
    },
  );

  it("forbid the server component packages that lack Next's guards", () => {
    expect(belowFloor(lock({ "node_modules/react-server-dom-webpack": "19.3.1" }))[0]).toMatch(/must not be installed/);
  });

  it("compare as semantic versions do", () => {
    const ascending = ["1.0.0-alpha", "1.0.0-beta.2", "1.0.0-beta.11", "1.0.0", "1.0.10", "1.2.0", "10.0.0"];
    const shuffled = [...ascending].reverse().sort(compareVersions);
    expect(shuffled).toEqual(ascending);
  });
});

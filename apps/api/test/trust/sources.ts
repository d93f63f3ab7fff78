import { readdirSync } from "node:fs";
import { join } from "node:path";

/** The sources under a folder, without tests. */
export function sourcesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name) && !/\.(test|spec)\.tsx?$/.test(name))
    .filter((name) => !/(^|\/)(node_modules|\.next|generated)\//.test(name))
    .map((name) => join(folder, name));
}

import { join, resolve } from "node:path";
import { root } from "../boot/boot.mjs";

export { root };

/** A path inside the project. */
export const inProject = (...parts: string[]): string => join(root, ...parts);

/** The data folder, absolute, and what lies in it. */
export function dataFolder(INFIRMARY_DATA: string) {
  const path = resolve(root, INFIRMARY_DATA);
  return {
    path,
    keys: join(path, "keys"),
    logs: join(path, "logs"),
    setupLog: join(path, "logs", "setup.log"),
    lock: join(path, "running.json"),
  };
}

export type DataFolder = ReturnType<typeof dataFolder>;

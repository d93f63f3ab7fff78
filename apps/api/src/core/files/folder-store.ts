import { mkdir, open, readFile, rename } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type FileStore, requireName } from "./file-store.ts";

/** Files in a folder that every API process sees. A file is there whole or not at all. */
export function folderStore(folder: string): FileStore {
  return {
    async write(name, bytes) {
      requireName(name);
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      const file = await open(`${path}.part`, "w", 0o600);
      try {
        await file.writeFile(bytes);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${path}.part`, path);
    },
    async read(name) {
      requireName(name);
      return readFile(join(folder, name)).catch((error: unknown) => {
        if ((error as { code?: string }).code === "ENOENT") return null;
        throw error;
      });
    },
  };
}

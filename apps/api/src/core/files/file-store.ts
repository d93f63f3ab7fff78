/** Where files lie outside the database. What is written there is encrypted already. */
export type FileStore = {
  /** Writes once: a file is never changed. Resolves when it is safe. @param name `<tenant>/<id>`, both UUIDs */
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** The bytes; null where there are none of this name. */
  read(name: string): Promise<Buffer | null>;
};

const form = /^[0-9a-f-]{36}\/[0-9a-f-]{36}$/;

/** Refuses a name that could lead out of the store. */
export function requireName(name: string): void {
  if (!form.test(name)) throw new Error("A stored file is named by tenant and id.");
}

import { type S3Credentials, signV4 } from "../s3/sign-v4.ts";
import { type FileStore, requireName } from "./file-store.ts";

export type S3StoreSettings = S3Credentials & {
  /** Endpoint, bucket and prefix: `https://s3.example.org/bucket/files`. */
  url: string;
};

const timeoutMs = 20_000;

/** Files as objects `<prefix>/<tenant>/<id>` of an S3-compatible store. */
export function s3Store(settings: S3StoreSettings, now: () => Date = () => new Date()): FileStore {
  const base = settings.url.replace(/\/+$/, "");
  const send = (
    method: "PUT" | "GET",
    name: string,
    body: Uint8Array<ArrayBuffer>,
    headers: Record<string, string>,
  ) => {
    requireName(name);
    const url = new URL(`${base}/${name}`);
    return fetch(url, {
      method,
      headers: signV4({ method, url, headers, body }, settings, now()),
      ...(method === "PUT" ? { body } : {}),
      redirect: "error",
      signal: AbortSignal.timeout(timeoutMs),
    });
  };
  return {
    async write(name, bytes) {
      const response = await send("PUT", name, new Uint8Array(bytes), { "content-type": "application/octet-stream" });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`The store of files answered ${response.status}.`);
    },
    async read(name) {
      const response = await send("GET", name, new Uint8Array(), {});
      const bytes = Buffer.from(await response.arrayBuffer());
      if (response.status === 404) return null;
      if (!response.ok) throw new Error(`The store of files answered ${response.status}.`);
      return bytes;
    },
  };
}

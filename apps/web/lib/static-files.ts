import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const compress = promisify(brotliCompress);
/** Scripts and styles of the build; every part of the path starts with what no dot file and no parent folder starts with. */
const place = /^\/_next\/static\/((?:[\w~-][\w~.-]*\/)*[\w~-][\w~.-]*\.(js|css))$/;
const types = { js: "text/javascript; charset=utf-8", css: "text/css; charset=utf-8" } as const;

/**
 * Answers requests for the build's scripts and styles with Brotli: compressed at the first request and kept, where Next
 * would gzip them anew for every browser. Quality 5 is smaller than gzip and takes the whole portal 40 ms.
 * @param folder the build's `static` folder
 * @returns whether the request was answered; what it does not answer is Next's
 */
export function staticFiles(folder: string) {
  const kept = new Map<string, Promise<Buffer>>();
  const load = (name: string) => {
    const known = kept.get(name) ?? readFile(join(folder, name)).then(smaller);
    kept.set(name, known);
    return known;
  };
  return async ({ method, url, headers }: IncomingMessage, response: ServerResponse): Promise<boolean> => {
    const [, name, kind] = place.exec(url?.split("?")[0] ?? "") ?? [];
    if (method !== "GET" || !name || !/\bbr\b/.test(String(headers["accept-encoding"]))) return false;
    const body = await load(name).catch(() => null);
    if (!body) {
      kept.delete(name);
      return false;
    }
    response.writeHead(200, {
      "content-type": types[kind as keyof typeof types],
      "content-encoding": "br",
      "content-length": body.length,
      "cache-control": "public, max-age=31536000, immutable",
      vary: "Accept-Encoding",
      "x-content-type-options": "nosniff",
      "cross-origin-resource-policy": "same-origin",
      "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
      "referrer-policy": "same-origin",
    });
    response.end(body);
    return true;
  };
}

const smaller = (body: Buffer) =>
  compress(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: body.length } });

import { createHash } from "node:crypto";
import { canonicalJson } from "../../../../core/canonical-json.ts";
import { type S3Credentials, signV4 } from "../../../../core/s3/sign-v4.ts";
import type { Anchor } from "./anchor.ts";

export type S3Settings = S3Credentials & {
  /** Endpoint, bucket and prefix: `https://s3.example.org/bucket/audit`. */
  url: string;
  /** How long the store refuses to delete or replace an object, for anybody (object lock, COMPLIANCE). */
  retainDays: number;
};

const timeoutMs = 10_000;

/** Puts every anchored seal as an object of its own, `<prefix>/<tenant>/<number>.json`, locked against change and removal. */
export function s3Anchor(settings: S3Settings, now: () => Date = () => new Date()): Anchor {
  const base = settings.url.replace(/\/+$/, "");
  return {
    place: `S3 ${base}`,
    async write(records) {
      for (const record of records) {
        const body = Buffer.from(canonicalJson({ v: 1, ...record }));
        const url = new URL(`${base}/${record.tenantId}/${String(record.number).padStart(12, "0")}.json`);
        const until = new Date(now().getTime() + settings.retainDays * 86_400_000);
        const headers = {
          "content-type": "application/json",
          "x-amz-checksum-sha256": createHash("sha256").update(body).digest("base64"),
          "x-amz-object-lock-mode": "COMPLIANCE",
          "x-amz-object-lock-retain-until-date": until.toISOString(),
        };
        const response = await fetch(url, {
          method: "PUT",
          headers: signV4({ method: "PUT", url, headers, body }, settings, now()),
          body,
          redirect: "error",
          signal: AbortSignal.timeout(timeoutMs),
        });
        await response.arrayBuffer();
        if (!response.ok) throw new Error(`The anchor's store answered ${response.status}.`);
      }
    },
  };
}

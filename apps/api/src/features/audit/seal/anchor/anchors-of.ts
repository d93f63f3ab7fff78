import { readFileSync } from "node:fs";
import { join } from "node:path";
import { EnvError, type WorkerEnv } from "../../../../core/env.ts";
import type { Anchor } from "./anchor.ts";
import { fileAnchor } from "./file-anchor.ts";
import { s3Anchor } from "./s3-anchor.ts";

/** The file of anchors. */
export const anchorFileOf = (env: WorkerEnv): string =>
  env.AUDIT_ANCHOR_FILE ?? join(env.INFIRMARY_DATA, "audit", "anchors.jsonl");

/** Where seals are anchored: always in the file, and in the store where one is configured. @throws EnvError */
export function anchorsOf(env: WorkerEnv): Anchor[] {
  const file = fileAnchor(anchorFileOf(env));
  const { AUDIT_ANCHOR_S3_URL: url, AUDIT_ANCHOR_S3_ACCESS_KEY_ID: accessKeyId } = env;
  if (!url) return [file];
  if (!accessKeyId || !env.AUDIT_ANCHOR_S3_SECRET_FILE)
    throw new EnvError(
      "AUDIT_ANCHOR_S3_URL needs the environment variables AUDIT_ANCHOR_S3_ACCESS_KEY_ID and AUDIT_ANCHOR_S3_SECRET_FILE.",
    );
  const store = s3Anchor({
    url,
    accessKeyId,
    secretAccessKey: readFileSync(env.AUDIT_ANCHOR_S3_SECRET_FILE, "utf8").trim(),
    region: env.AUDIT_ANCHOR_S3_REGION,
    retainDays: env.AUDIT_ANCHOR_S3_RETAIN_DAYS,
  });
  return [file, store];
}

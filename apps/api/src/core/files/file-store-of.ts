import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Env, EnvError } from "../env.ts";
import type { FileStore } from "./file-store.ts";
import { folderStore } from "./folder-store.ts";
import { s3Store } from "./s3-store.ts";

/** The store of files that the environment names: a folder unless it names an S3-compatible one. @throws EnvError */
export function fileStoreOf(env: Env): FileStore {
  const { FILES_S3_URL: url, FILES_S3_ACCESS_KEY_ID: accessKeyId, FILES_S3_SECRET_FILE: secretFile } = env;
  if (!url) return folderStore(env.FILES_FOLDER ?? join(env.INFIRMARY_DATA, "files"));
  if (!accessKeyId || !secretFile)
    throw new EnvError("FILES_S3_URL needs the environment variables FILES_S3_ACCESS_KEY_ID and FILES_S3_SECRET_FILE.");
  const secretAccessKey = readFileSync(secretFile, "utf8").trim();
  return s3Store({ url, accessKeyId, secretAccessKey, region: env.FILES_S3_REGION });
}

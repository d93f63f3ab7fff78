import { readFileSync } from "node:fs";
import { BlockList, isIP } from "node:net";
import { z } from "zod";
import { badPorts } from "./bad-ports.ts";

const port = wholeNumber(1, 65_535, "a port number");
const webPort = port.refine((number) => !badPorts.has(number), "must be another port: browsers refuse this one");
const postgresUrl = z.url({ protocol: /^postgres(ql)?$/, error: "must be a postgresql:// connection string" });
const file = z.string().max(4096);
const callCount = wholeNumber(1, 1_000_000_000, "a whole number");

/**
 * Every variable Infirmary reads. `.env.example` lists the same ones with default and meaning, and a test compares the
 * two. Empty counts as not set. `npm start` fills in what has no default; whoever starts API and worker without it
 * (a container) sets the ones `ApiEnv` names.
 */
export const envSchema = z.object({
  /** `production` when set by the operator also keeps demo data and demo passwords away. */
  NODE_ENV: z.enum(["development", "production", "test"], "must be development, production or test").optional(),
  /** 1: demo tenant, people with known passwords, and a month of orders. 0: none. `npm start` sets 1 unless told otherwise. */
  INFIRMARY_DEMO: z.enum(["0", "1"], "must be 0 or 1").optional(),
  /** Folder of the embedded database, generated keys and logs; relative to the project. */
  INFIRMARY_DATA: file.default(".data"),
  /** TCP port of the front door: what browsers open. */
  PORT: webPort.default(3000),
  /** TCP port of the API. */
  API_PORT: webPort.default(4000),
  /** Address the front door and the API listen on. localhost (both families) keeps demo passwords off the network. */
  LISTEN_ADDRESS: z
    .union([z.ipv4(), z.ipv6(), z.literal("localhost")], "must be an IP address or localhost")
    .default("localhost"),
  /** TCP port of the page server on 127.0.0.1, behind the front door. `npm start` takes a free one. */
  WEB_PORT: webPort.optional(),
  /** Address the page server listens on. Loopback keeps everybody behind the front door. */
  WEB_ADDRESS: z.union([z.ipv4(), z.ipv6()], "must be an IP address").default("127.0.0.1"),
  /** Where the page server finds the API. */
  API_URL: z.url({ protocol: /^https?$/, error: "must be an http:// or https:// address" }).optional(),
  /** The address people type; `https` makes the session cookie secure. Default: http://localhost and PORT. */
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: "must be an http:// or https:// address" }).optional(),
  /** The schema's owner on a PostgreSQL 18 of one's own, for migrations only. Not set: the embedded database. */
  DATABASE_URL: postgresUrl.optional(),
  /** The application's sign-in to the same database; a role that owns nothing. `npm start` makes `infirmary_app`. */
  DATABASE_APP_URL: postgresUrl.optional(),
  /** TCP port of the embedded database on 127.0.0.1. Default: a free one, the same every time. */
  DATABASE_PORT: port.optional(),
  /** Encrypts the browser's session cookie; API and portal hold the same one. At least 32 characters. */
  SESSION_SECRET: z.string().min(32, "must have at least 32 characters").max(1024).optional(),
  /** File that holds SESSION_SECRET, instead of it. */
  SESSION_SECRET_FILE: file.optional(),
  /** File with the Ed25519 private key (PKCS#8 PEM) that signs access tokens. */
  ACCESS_TOKEN_KEY_FILE: file.optional(),
  /** File with the keys that wrap the tenants' data keys: JSON {"keys":[{"id":1,"state":"active","key":"<32 bytes, base64>"}]}. */
  FIELD_KEYS_FILE: file.optional(),
  /** File with the key of search tokens: 32 bytes, base64. Never changes, or sealed fields cannot be found. */
  INDEX_KEY_FILE: file.optional(),
  /** File with the key of the audit log's MACs: 32 bytes, base64. */
  AUDIT_MAC_KEY_FILE: file.optional(),
  /** File with the Ed25519 private key (PKCS#8 PEM) that signs the audit log's seals; told to the worker only. */
  AUDIT_SEAL_KEY_FILE: file.optional(),
  /** File to which the newest seals are appended, outside the database. Default: audit/anchors.jsonl in the data folder. */
  AUDIT_ANCHOR_FILE: file.optional(),
  /** Folder to which months of the audit log are exported before they are dropped, after seven years. Default: audit/archive in the data folder. */
  AUDIT_ARCHIVE_DIR: file.optional(),
  /** Endpoint, bucket and prefix of an S3-compatible store with object lock, where the newest seals are put as well. */
  AUDIT_ANCHOR_S3_URL: z.url({ protocol: /^https?$/, error: "must be an http:// or https:// address" }).optional(),
  /** Region of the store, as its signatures name it. */
  AUDIT_ANCHOR_S3_REGION: z.string().max(100).default("us-east-1"),
  /** Access key of the store; may put objects and nothing else. */
  AUDIT_ANCHOR_S3_ACCESS_KEY_ID: z.string().max(200).optional(),
  /** File with the secret of that access key. */
  AUDIT_ANCHOR_S3_SECRET_FILE: file.optional(),
  /** How long the store keeps an object from being changed or deleted, days. */
  AUDIT_ANCHOR_S3_RETAIN_DAYS: wholeNumber(1, 36_500, "a number of days").default(2557),
  /** Folder of patients' files, encrypted; every API process sees the same one. Default: files in the data folder. */
  FILES_FOLDER: file.optional(),
  /** Endpoint, bucket and prefix of an S3-compatible store for patients' files, instead of a folder. */
  FILES_S3_URL: z.url({ protocol: /^https?$/, error: "must be an http:// or https:// address" }).optional(),
  /** Region of that store, as its signatures name it. */
  FILES_S3_REGION: z.string().max(100).default("us-east-1"),
  /** Access key of that store; may put and get objects. */
  FILES_S3_ACCESS_KEY_ID: z.string().max(200).optional(),
  /** File with the secret of that access key. */
  FILES_S3_SECRET_FILE: file.optional(),
  /** A hospital's own access policy instead of the one that ships; `npm run policy:check` checks it. */
  ACCESS_POLICY_FILE: file.optional(),
  /** The list that new passwords are compared with, made by `load/breached-passwords.ts`. Default: breached-passwords.bin in the data folder, if it is there. */
  BREACHED_PASSWORDS_FILE: file.optional(),
  /** Folder where `npm run backup` puts backups; on another disk, better on another machine. Default: backups in the data folder. */
  BACKUP_FOLDER: file.optional(),
  /** Whom backups are encrypted for: an age recipient whose identity lies elsewhere. Default: one made in the keys folder. */
  BACKUP_RECIPIENT: z
    .string()
    .regex(/^age1[0-9a-z]{58}$/, "must be an age recipient, age1…")
    .optional(),
  /** File with the word a scraper of /metrics shows as bearer token. Not set: only this machine may ask. */
  METRICS_TOKEN_FILE: file.optional(),
  /** Life of an access token, seconds. */
  ACCESS_TOKEN_TTL_SECONDS: wholeNumber(1, 86_400, "a number of seconds").default(900),
  /** Life of a family of refresh tokens, seconds; rotation does not extend it. */
  REFRESH_TOKEN_TTL_SECONDS: wholeNumber(1, 7_776_000, "a number of seconds").default(604_800),
  /** How long a process that was told to stop says "not ready" before it closes, seconds: as long as a load balancer needs to notice. */
  DRAIN_SECONDS: wholeNumber(0, 300, "a number of seconds").default(0),
  /** The least severe lines that are logged. */
  LOG_LEVEL: z
    .enum(
      ["fatal", "error", "warn", "info", "debug", "trace", "silent"],
      "must be fatal, error, warn, info, debug, trace or silent",
    )
    .default("info"),
  /** Mail server, as smtps://user:password@host. Not set: mails are written into the folder `mail` of the data folder. */
  SMTP_URL: z.url({ protocol: /^smtps?$/, error: "must be an smtp:// or smtps:// address" }).optional(),
  /** Sender of all mails. */
  MAIL_FROM: z.email("must be an e-mail address").max(254).optional(),
  /** TCP port of HL7 over MLLP. Not set: no listener (`npm start` with the demo takes 2575 if it is free). */
  MLLP_PORT: port.optional(),
  /** Address the MLLP listener listens on; another than a loopback address takes the three TLS files. */
  MLLP_ADDRESS: z.union([z.ipv4(), z.ipv6()], "must be an IP address").default("127.0.0.1"),
  /** Files of the listener's private key and certificate, and of the authority that signs its partners' (PEM). */
  MLLP_TLS_KEY_FILE: file.optional(),
  MLLP_TLS_CERT_FILE: file.optional(),
  MLLP_TLS_CA_FILE: file.optional(),
  /** Longest message over MLLP, MiB. */
  MLLP_FRAME_MEBIBYTES: wholeNumber(1, 10, "a number of MiB").default(2),
  /** Open MLLP connections of one peer: one certificate at one address. */
  MLLP_CONNECTIONS_PER_PEER: wholeNumber(1, 64, "a number of connections").default(8),
  /** MLLP messages a second of one peer; faster ones are read later. */
  MLLP_MESSAGES_PER_SECOND: wholeNumber(1, 100_000, "a number of messages").default(100),
  /** Calls of one person a minute, over all API processes; with the demo hospital `npm start` takes ten times as many. */
  CALLS_PER_USER_PER_MINUTE: callCount.default(300),
  /** Calls of one organisation a minute. */
  CALLS_PER_TENANT_PER_MINUTE: callCount.default(3000),
  /** Searches for patients, and exports, of one person a minute. */
  SEARCHES_PER_USER_PER_MINUTE: callCount.default(30),
  /** Uploads of one person a minute. */
  UPLOADS_PER_USER_PER_MINUTE: callCount.default(20),
  /** What one organisation uploads a day, MiB. */
  UPLOAD_MEBIBYTES_PER_TENANT_PER_DAY: callCount.default(5120),
  /** Proxies whose X-Forwarded-For is believed: addresses or CIDR ranges, separated by commas. */
  TRUST_PROXY: z.string().default("127.0.0.1/8,::1").transform(toRanges),
});

export type Env = Omit<z.output<typeof envSchema>, "PUBLIC_URL"> & { PUBLIC_URL: string };

const neededByApi = [
  "DATABASE_APP_URL",
  "SESSION_SECRET",
  "ACCESS_TOKEN_KEY_FILE",
  "FIELD_KEYS_FILE",
  "INDEX_KEY_FILE",
  "AUDIT_MAC_KEY_FILE",
] as const;

/** What API and worker cannot run without. */
export type ApiEnv = Env & Record<(typeof neededByApi)[number], string>;

/** The worker also signs. */
export type WorkerEnv = ApiEnv & { AUDIT_SEAL_KEY_FILE: string };

export type MllpEnv = ApiEnv & { MLLP_PORT: number };

/** A variable that is missing or malformed; the message is one sentence that names it and never shows its value. */
export class EnvError extends Error {
  override name = "EnvError";
}

/** Checks all variables that are set and fills in the defaults. @throws EnvError */
export function readEnv(source: Readonly<Record<string, string | undefined>> = process.env): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const result = envSchema.safeParse(given);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new EnvError(`The environment variable ${issue?.path.join(".")} ${issue?.message}.`);
  }
  const env = result.data;
  const SESSION_SECRET = env.SESSION_SECRET ?? secretIn(env.SESSION_SECRET_FILE);
  return { ...env, SESSION_SECRET, PUBLIC_URL: env.PUBLIC_URL ?? `http://localhost:${env.PORT}` };
}

/** As `readEnv`, for a process that needs the database and the keys. @throws EnvError */
export function readApiEnv(source: Readonly<Record<string, string | undefined>> = process.env): ApiEnv {
  return need(readEnv(source), neededByApi);
}

/** As `readApiEnv`, for the MLLP listener: plain text stays on this machine. @throws EnvError */
export function readMllpEnv(source: Readonly<Record<string, string | undefined>> = process.env): MllpEnv {
  const env = need(readApiEnv(source), ["MLLP_PORT"] as const);
  const tls = (["MLLP_TLS_KEY_FILE", "MLLP_TLS_CERT_FILE", "MLLP_TLS_CA_FILE"] as const).filter((name) => env[name]);
  const isLoopback = env.MLLP_ADDRESS === "::1" || env.MLLP_ADDRESS.startsWith("127.");
  if (tls.length === 3 || (tls.length === 0 && isLoopback)) return env;
  throw new EnvError(
    `The environment variable MLLP_ADDRESS is ${env.MLLP_ADDRESS}: MLLP_TLS_KEY_FILE, MLLP_TLS_CERT_FILE and MLLP_TLS_CA_FILE must all be set, or none of them on a loopback address.`,
  );
}

/** As `readApiEnv`, with the key that seals the audit log; a mail server takes a sender. @throws EnvError */
export function readWorkerEnv(source: Readonly<Record<string, string | undefined>> = process.env): WorkerEnv {
  const env = need(readApiEnv(source), ["AUDIT_SEAL_KEY_FILE"] as const);
  if (env.SMTP_URL !== undefined) need(env, ["MAIL_FROM"] as const);
  return env;
}

function need<E extends Env, Name extends keyof Env>(env: E, names: readonly Name[]): E & Record<Name, string> {
  for (const name of names) {
    if (env[name] === undefined)
      throw new EnvError(`The environment variable ${name} is missing; .env.example says what it is.`);
  }
  return env as E & Record<Name, string>;
}

function secretIn(path: string | undefined): string | undefined {
  if (path === undefined) return undefined;
  let secret: string;
  try {
    secret = readFileSync(path, "utf8").trim();
  } catch {
    throw new EnvError(`The environment variable SESSION_SECRET_FILE names a file that cannot be read: ${path}.`);
  }
  if (secret.length >= 32) return secret;
  throw new EnvError("The environment variable SESSION_SECRET_FILE names a file with fewer than 32 characters.");
}

function wholeNumber(min: number, max: number, what: string) {
  const says = `must be ${what} from ${min} to ${max}`;
  return z.coerce.number(says).int(says).min(min, says).max(max, says);
}

function toRanges(text: string, context: z.RefinementCtx): string[] {
  const ranges = text.split(",").map((range) => range.trim());
  for (const range of ranges) {
    if (isRange(range)) continue;
    context.addIssue({ code: "custom", message: "must be a list of IP addresses or CIDR ranges separated by commas" });
    return z.NEVER;
  }
  return ranges;
}

function isRange(text: string): boolean {
  const [address = "", bits, ...rest] = text.split("/");
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  if (bits === undefined) return true;
  try {
    new BlockList().addSubnet(address, /^\d+$/.test(bits) ? Number(bits) : -1, family === 4 ? "ipv4" : "ipv6");
    return true;
  } catch {
    return false;
  }
}

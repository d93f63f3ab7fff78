import type { Database } from "@infirmary/db/client";
import type { Logger } from "pino";
import type { AccessPolicy } from "./access/policy.ts";
import type { BreachedPasswords } from "./breached/breached-passwords.ts";
import type { CallLimits } from "./call-limits/call-limits.ts";
import type { CallMaxima } from "./call-limits/require-budget.ts";
import type { FileStore } from "./files/file-store.ts";
import type { FieldKeys } from "./keys/field-keys.ts";
import type { LiveHub } from "./live.ts";
import type { Meter } from "./meter/meter.ts";
import type { ReadLog } from "./read-log.ts";
import type { Readiness } from "./readiness.ts";
import type { AccessTokens } from "./session/access-token.ts";
import type { SessionCache } from "./session/session-cache.ts";

/** What the process is made of; built once by main.ts, worker.ts or a test, and handed down. */
export type Platform = {
  database: Database;
  keys: FieldKeys;
  /** Files of patients, outside the database and encrypted before they get there. */
  files: FileStore;
  /** Makes the audit log's MACs: 32 bytes that the database does not hold. */
  auditKey: Uint8Array;
  /** Takes the audit entries of reads. */
  readLog: ReadLog;
  log: Logger;
  live: LiveHub;
  sessions: SessionCache;
  policy: AccessPolicy;
  accessTokens: AccessTokens;
  calls: CallLimits;
  /** Says of a new password whether it is known from breaches. */
  breachedPasswords: BreachedPasswords;
  settings: Settings;
  readiness: Readiness;
  meter: Meter;
  /** The time; tests move it. */
  now: () => Date;
};

export type Settings = {
  /** The portal's own origin: the only one whose browser requests with a cookie are taken. */
  publicOrigin: string;
  /** Secret of the portal's session cookie (next-auth), at least 32 bytes. */
  sessionSecret: string;
  refreshTtlSeconds: number;
  /** CIDR list or addresses of proxies whose X-Forwarded-For is believed. */
  trustProxy: string[];
  calls: CallMaxima;
  /** What a scraper of /metrics from another machine shows; null: from this machine only. */
  metricsToken: string | null;
  /** The data folder and the one of the backups, as far as this machine has them. */
  dataFolder: string;
  backupFolder: string;
  /** The certificate that partners see, where there is a listener for other machines. */
  mllpCertificateFile: string | null;
};

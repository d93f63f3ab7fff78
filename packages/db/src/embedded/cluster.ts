import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { giveTo, type Place } from "./place.ts";

/** The cluster's superuser, who owns the schema and runs the migrations. The application never signs in as this role. */
export const OWNER = "infirmary_owner";

/** Makes the cluster unless it is there already, and gives it to the account that will serve it. */
export function ensureCluster(place: Place, password: string): void {
  const { cluster, account } = place;
  // PG_VERSION is among the first files initdb writes, the marker comes after the last: half a cluster is made anew.
  const marker = `${cluster}.complete`;
  if (!existsSync(marker)) {
    rmSync(cluster, { recursive: true, force: true });
    mkdirSync(cluster, { recursive: true, mode: 0o700 });
    if (account) giveTo(account, cluster);
    initialise(place, password);
    writeFileSync(marker, "");
  }
  if (account) giveTo(account, cluster);
}

/**
 * `initdb` with data checksums. The built-in C.UTF-8 collation sorts and folds the same on every operating system, so
 * an update of the system's locales cannot corrupt an index.
 */
function initialise({ cluster, bin, account }: Place, password: string): void {
  const passwordFile = join(dirname(cluster), `.initdb-${process.pid}`);
  const ids = account ? { uid: account.uid, gid: account.gid } : {};
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  try {
    if (account) giveTo(account, passwordFile);
    const run = spawnSync(
      join(bin, "initdb"),
      [
        `--pgdata=${cluster}`,
        `--username=${OWNER}`,
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--data-checksums",
        "--no-instructions",
      ],
      { cwd: "/", encoding: "utf8", env: { PATH: "/usr/bin:/bin", LC_ALL: "C" }, ...ids },
    );
    if (run.status !== 0)
      throw new Error(`The database could not be created in ${cluster}: ${run.stderr || run.error}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

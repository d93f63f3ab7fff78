import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type Account, canAs, serverAccount } from "./account.ts";
import { findPostgres } from "./binaries.ts";

/** Where root keeps what the server's account must reach when the data folder is closed to it (a home of mode 0700). */
const SHARED_STATE = "/var/lib/infirmary";

/** Everything the server needs to be found on this machine. Paths are absolute. */
export interface Place {
  account: Account | undefined;
  /** PGDATA. */
  cluster: string;
  /** The folder of `postgres` and `initdb`. */
  bin: string;
  /** True when the cluster could not live in the data folder. */
  isElsewhere: boolean;
}

/**
 * Decides where cluster and programs live. As a normal user: in the data folder and in node_modules. As root: the same
 * where the server's account can reach them, else under /var/lib/infirmary, with a note of the place in the data folder.
 */
export function findPlace(dataDir: string): Place {
  const account = serverAccount();
  const home = join(dataDir, "postgres");
  mkdirSync(home, { recursive: true });
  const cluster = account ? reachableCluster(home, account) : join(home, "cluster");
  return { account, cluster, bin: reachableBin(account), isElsewhere: !cluster.startsWith(home) };
}

/** Gives a folder and all in it to the account, so that a data folder survives a change of who starts Infirmary. */
export function giveTo(account: Account, path: string): void {
  const entry = lstatSync(path);
  if (entry.isSymbolicLink()) return;
  if (entry.uid !== account.uid) chownSync(path, account.uid, account.gid);
  if (entry.isDirectory()) for (const name of readdirSync(path)) giveTo(account, join(path, name));
}

function reachableCluster(home: string, account: Account): string {
  const note = join(home, "location");
  if (existsSync(note)) return readFileSync(note, "utf8").trim();
  const here = join(home, "cluster");
  if (canAs(account, "x", home)) return here;
  const elsewhere = join(openFolder("clusters"), randomBytes(8).toString("hex"));
  writeFileSync(note, `${elsewhere}\n`);
  return elsewhere;
}

function reachableBin(account: Account | undefined): string {
  const { root, version } = findPostgres();
  const here = join(root, "bin");
  if (canAs(account, "x", join(here, "postgres"))) return here;
  if (!account) {
    for (const name of readdirSync(here)) chmodSync(join(here, name), 0o755);
    return here;
  }
  const copy = join(openFolder("."), `postgresql-${version}`);
  if (!existsSync(copy)) {
    // Copied beside and renamed: a copy cut short by a crash is never taken for a whole one.
    const draft = `${copy}.${process.pid}`;
    cpSync(root, draft, { recursive: true, verbatimSymlinks: true });
    for (const name of readdirSync(join(draft, "bin"))) chmodSync(join(draft, "bin", name), 0o755);
    renameSync(draft, copy);
  }
  return join(copy, "bin");
}

function openFolder(name: string): string {
  const folder = join(SHARED_STATE, name);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    return folder;
  } catch (cause) {
    throw new Error(
      `The database does not run as root and cannot reach the data folder, and ${folder} cannot be made; ` +
        "set INFIRMARY_DATA to a folder that every account may enter.",
      { cause },
    );
  }
}

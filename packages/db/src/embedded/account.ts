import { execFileSync, spawnSync } from "node:child_process";

/** The operating-system account the server runs as; `undefined` means the one that runs this program. */
export interface Account {
  name: string;
  uid: number;
  gid: number;
}

const OWN_ACCOUNT = "infirmary-db";

/**
 * PostgreSQL refuses to run as root, so root gets an account for it: an existing `infirmary-db`, else a new one,
 * else (where accounts cannot be made, as in a read-only image) `postgres` or `nobody`.
 */
export function serverAccount(): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const account = find(OWN_ACCOUNT) ?? create(OWN_ACCOUNT) ?? find("postgres") ?? find("nobody");
  if (account) return account;
  throw new Error(
    "PostgreSQL does not run as root and no account could be made for it; start Infirmary as a normal user.",
  );
}

/** Runs one shell test as the account, because only the kernel knows all its rules (groups, ACLs, mounts). */
export function canAs(account: Account | undefined, test: "x" | "r" | "w", path: string): boolean {
  const ids = account ? { uid: account.uid, gid: account.gid } : {};
  return spawnSync("/bin/sh", ["-c", `test -${test} "$0"`, path], { cwd: "/", stdio: "ignore", ...ids }).status === 0;
}

function find(name: string): Account | undefined {
  const uid = idOf("-u", name);
  const gid = idOf("-g", name);
  return uid === undefined || gid === undefined || uid === 0 ? undefined : { name, uid, gid };
}

function idOf(flag: string, name: string): number | undefined {
  const answer = spawnSync("id", [flag, name], { encoding: "utf8" });
  return answer.status === 0 ? Number.parseInt(answer.stdout, 10) : undefined;
}

function create(name: string): Account | undefined {
  const ways: [string, string[]][] = [
    ["useradd", ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", name]],
    ["adduser", ["-S", "-D", "-H", "-s", "/sbin/nologin", name]],
  ];
  for (const [command, args] of ways) {
    try {
      execFileSync(command, args, { stdio: "ignore" });
    } catch {
      continue; // not on this system: the next way, and at the end serverAccount() explains
    }
    const made = find(name);
    if (made) return made;
  }
  return undefined;
}

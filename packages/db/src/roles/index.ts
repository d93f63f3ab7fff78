import pg from "pg";

/** The role that holds every grant of the application. It owns nothing and row-level security always binds it. */
export const APP_ROLE = "infirmary_app";

export interface AppRoleOptions {
  /** Signs in as the owner of the schema; must be allowed to create roles when the application's is missing. */
  ownerUrl: string;
  /** The operator's own connection string for the application (DATABASE_APP_URL), if there is one. */
  appUrl?: string | undefined;
  /** The password to give `infirmary_app` when there is no `appUrl`. Hex or base64url: it goes into a URL. */
  password?: string | undefined;
}

/**
 * Makes sure the application can sign in, before the migrations run, because they grant to `infirmary_app` by name.
 * Without an `appUrl`, `infirmary_app` gets the given password. With one, the role it names becomes a member.
 * @returns the connection string for API and worker
 * @throws Error with one sentence when the role could get around row-level security
 */
export async function ensureAppRole({ ownerUrl, appUrl, password }: AppRoleOptions): Promise<string> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const login = appUrl ? decodeURIComponent(new URL(appUrl).username) : APP_ROLE;
    if (!(await exists(owner, APP_ROLE))) await owner.query(`CREATE ROLE ${APP_ROLE} NOLOGIN`);
    await refusePowerfulRole(owner, login);
    if (appUrl && login !== APP_ROLE) await owner.query(`GRANT ${APP_ROLE} TO ${owner.escapeIdentifier(login)}`);
    if (!appUrl && password) await setPassword(owner, password);
    const url = new URL(appUrl ?? ownerUrl);
    if (appUrl) return appUrl;
    url.username = APP_ROLE;
    url.password = password ?? "";
    return url.href;
  } finally {
    await owner.end();
  }
}

async function exists(owner: pg.Client, role: string): Promise<boolean> {
  return (await owner.query("SELECT FROM pg_roles WHERE rolname = $1", [role])).rowCount === 1;
}

async function setPassword(owner: pg.Client, password: string): Promise<void> {
  await owner.query(
    `ALTER ROLE ${APP_ROLE} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE PASSWORD ${owner.escapeLiteral(password)}`,
  );
}

async function refusePowerfulRole(owner: pg.Client, role: string): Promise<void> {
  const { rows } = await owner.query<{ is_powerful: boolean; owns: boolean }>(
    `SELECT rolsuper OR rolbypassrls AS is_powerful,
            EXISTS (SELECT FROM pg_class c WHERE c.relowner = r.oid) AS owns
       FROM pg_roles r WHERE rolname = $1`,
    [role],
  );
  const [found] = rows;
  if (!found) throw new Error(`DATABASE_APP_URL names the role ${role}, which does not exist in this database.`);
  if (found.is_powerful || found.owns) {
    throw new Error(
      `The application's database role ${role} owns tables or bypasses row-level security; give DATABASE_APP_URL a role that does not.`,
    );
  }
}

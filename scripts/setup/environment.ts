import { type Env, readEnv } from "../../apps/api/src/core/env.ts";

const SECRETS = ["DATABASE_URL", "DATABASE_APP_URL", "SESSION_SECRET", "SESSION_SECRET_FILE"];

/** The checked environment, `.env` included. @throws EnvError that names what is wrong */
export function environment(overrides: Record<string, string> = {}): Env {
  return readEnv({ ...process.env, ...overrides });
}

/** What the child processes inherit: everything but the variables that each gets, or does not get, by name. */
export function ambient(): Record<string, string> {
  const inherited = Object.entries(process.env).filter(
    ([name, value]) => value !== undefined && !SECRETS.includes(name),
  );
  return Object.fromEntries(inherited) as Record<string, string>;
}

import { type Env, envSchema, readEnv } from "../../apps/api/src/core/env.ts";

const SECRETS = ["DATABASE_URL", "DATABASE_APP_URL", "SESSION_SECRET", "SESSION_SECRET_FILE", "SMTP_URL"];

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

/** A browser of one's own for the journeys; a setting of the tests, not of the product. */
export function browserSetting(): string | undefined {
  return process.env.PLAYWRIGHT_CHROMIUM || undefined;
}

/** The environment without any setting of Infirmary's, `.env` included: for a product started by a test. */
export function withoutSettings(): Record<string, string> {
  const unset = Object.fromEntries(Object.keys(envSchema.shape).map((name) => [name, ""]));
  return { ...ambient(), ...unset, npm_lifecycle_event: "" };
}

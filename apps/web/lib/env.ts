import { readFileSync } from "node:fs";
import { z } from "zod";

/** What the portal reads from its environment. `.env.example` lists the same variables with their meaning. */
const schema = z.object({
  /** Port the page server listens on. */
  WEB_PORT: z.coerce.number().int().min(1).max(65_535).default(3001),
  /** Address it listens on: loopback, because the front door is what browsers see. A container of its own needs 0.0.0.0. */
  WEB_ADDRESS: z.union([z.ipv4(), z.ipv6()]).default("127.0.0.1"),
  /** Where the API is, seen from this process. */
  API_URL: z.url().default("http://127.0.0.1:4000"),
  /** The address people type; `https` makes the session cookie secure and host-bound. */
  PUBLIC_URL: z.url().default("http://localhost:3000"),
  /** Encrypts the session cookie; the API holds the same one. At least 32 characters, here or in SESSION_SECRET_FILE. */
  SESSION_SECRET: z.string().min(32, "must have at least 32 characters"),
});
export type Env = z.infer<typeof schema>;

let parsed: Env | undefined;

/**
 * The checked environment, read once.
 * @throws Error naming the variable that is missing or malformed.
 */
export function env(): Env {
  if (parsed) return parsed;
  // Empty counts as not set, as for the other processes.
  const given = Object.fromEntries(Object.entries(process.env).filter(([, value]) => value !== ""));
  const { SESSION_SECRET, SESSION_SECRET_FILE, ...others } = given;
  const secret = SESSION_SECRET || (SESSION_SECRET_FILE && readFileSync(SESSION_SECRET_FILE, "utf8").trim());
  const result = schema.safeParse({ ...others, SESSION_SECRET: secret || undefined });
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new Error(`The environment variable ${issue?.path.join(".")} is missing or malformed: ${issue?.message}`);
  }
  parsed = result.data;
  // next-auth takes its own address from here and from nowhere else: a forged Host header must not choose it.
  process.env.NEXTAUTH_URL ??= parsed.PUBLIC_URL;
  return parsed;
}

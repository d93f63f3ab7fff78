import type { Me } from "@infirmary/shared/auth";
import { cookies, headers } from "next/headers";
import { decode } from "next-auth/jwt";
import { cache } from "react";
import { env } from "../env.ts";
import { isSignedOut } from "../trpc/api-error.ts";
import { serverTrpc } from "./server-trpc.ts";
import { sessionCookieName } from "./session-cookie.ts";

/**
 * Who sent this request, asked of the API once per request; null when nobody is signed in.
 * @throws when the API cannot be reached: that is not the same as nobody
 */
export const currentUser = cache(async (): Promise<Me | null> => {
  const passed = await passedHeaders();
  if (!passed) return null;
  try {
    return await serverTrpc(passed).auth.me.query();
  } catch (error) {
    if (isSignedOut(error)) return null;
    throw error;
  }
});

/** What the API is told of who asks: the cookie, the address and the browser; null without a cookie of ours. */
export async function passedHeaders(): Promise<Record<string, string> | null> {
  const name = sessionCookieName();
  const cookie = (await cookies()).get(name)?.value;
  if (!cookie || !(await names(cookie))) return null;
  const incoming = await headers();
  const passed: Record<string, string> = { cookie: `${name}=${cookie}` };
  for (const header of ["x-forwarded-for", "user-agent"]) {
    const value = incoming.get(header);
    if (value) passed[header] = value;
  }
  return passed;
}

/** Whether the cookie is ours and names a session; a forged or expired one never troubles the API. */
async function names(cookie: string): Promise<boolean> {
  try {
    const claims = await decode({ token: cookie, secret: env().SESSION_SECRET });
    return typeof claims?.sub === "string" && typeof claims.sid === "string";
  } catch {
    return false;
  }
}

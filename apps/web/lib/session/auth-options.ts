import type { PasskeyAnswer } from "@infirmary/shared/factor";
import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { env } from "../env.ts";
import { apiError } from "../trpc/api-error.ts";
import { serverTrpc } from "./server-trpc.ts";
import { isSecure, sessionCookieName } from "./session-cookie.ts";

/** A session lasts a working day at most; it never slides. */
const sessionSeconds = 12 * 60 * 60;

/**
 * next-auth with the API as the only judge of credentials. The cookie holds who and which session row, encrypted; no
 * token that opens the API reaches browser script.
 */
export function authOptions(): NextAuthOptions {
  return {
    secret: env().SESSION_SECRET,
    session: { strategy: "jwt", maxAge: sessionSeconds },
    jwt: { maxAge: sessionSeconds },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    cookies: {
      sessionToken: {
        name: sessionCookieName(),
        options: cookieOptions(),
      },
      csrfToken: { name: cookieName("infirmary.csrf"), options: cookieOptions() },
      callbackUrl: { name: cookieName("infirmary.callback"), options: cookieOptions() },
    },
    providers: [
      CredentialsProvider({
        credentials: { username: {}, password: {}, challenge: {}, code: {}, passkey: {} },
        authorize: async (credentials, request) => {
          try {
            const client = serverTrpc(forwarded(request.headers ?? {}));
            const { username = "", password = "", challenge, code = "", passkey } = credentials ?? {};
            const opened = passkey
              ? await client.auth.openSessionWithPasskey.mutate({ answer: JSON.parse(passkey) as PasskeyAnswer })
              : challenge
                ? await client.auth.openSessionWithCode.mutate({ challenge, code })
                : await client.auth.openSession.mutate({ username, password });
            return { id: opened.user.id, tenantId: opened.tenantId, sessionId: opened.sessionId };
          } catch (error) {
            // The sign-in form reads this back; next-auth carries nothing but the message.
            const { code, retryAfterSeconds, challenge } = apiError(error);
            throw new Error(JSON.stringify({ code, retryAfterSeconds, challenge }));
          }
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => {
        if (!user) return token;
        if (!("tenantId" in user) || !("sessionId" in user)) return {};
        return { sub: user.id, tid: user.tenantId, sid: user.sessionId };
      },
      // The portal asks the API who somebody is; next-auth's own session endpoint says nothing.
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ baseUrl }) => baseUrl,
    },
  };
}

const cookieOptions = () => ({ httpOnly: true, sameSite: "strict", path: "/", secure: isSecure() }) as const;

/** Behind https bound to this very host. */
const cookieName = (name: string) => (isSecure() ? `__Host-${name}` : name);

function forwarded(headers: Record<string, string>): Record<string, string> {
  const passed: Record<string, string> = {};
  for (const name of ["x-forwarded-for", "user-agent"]) {
    const value = headers[name];
    if (value) passed[name] = value;
  }
  return passed;
}

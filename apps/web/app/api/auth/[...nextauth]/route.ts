import NextAuth from "next-auth";
import { env } from "#lib/env.ts";
import { authOptions } from "#lib/session/auth-options.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

/** Built at the first request: a production build has no secret to read. */
function handler(request: Request, context: Context): Promise<Response> {
  // next-auth takes its own address from here and from nowhere else; a forged Host header must not choose it.
  process.env.NEXTAUTH_URL ??= env().PUBLIC_URL;
  return NextAuth(authOptions())(request, context);
}

export { handler as GET, handler as POST };

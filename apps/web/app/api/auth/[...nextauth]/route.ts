import NextAuth from "next-auth";
import { authOptions } from "#lib/session/auth-options.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

/** Built at the first request: a production build has no secret to read. */
function handler(request: Request, context: Context): Promise<Response> {
  return NextAuth(authOptions())(request, context);
}

export { handler as GET, handler as POST };

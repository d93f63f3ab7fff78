import NextAuth from "next-auth";
import { authOptions } from "#lib/session/auth-options.ts";

type Context = { params: Promise<{ nextauth: string[] }> };

/** Built at the first request: a production build has no secret to read. Signing out clears what the browser kept of this site. */
async function handler(request: Request, context: Context): Promise<Response> {
  const answer = (await NextAuth(authOptions())(request, context)) as Response;
  const { nextauth } = await context.params;
  if (request.method !== "POST" || nextauth[0] !== "signout") return answer;
  const headers = new Headers(answer.headers);
  headers.set("clear-site-data", '"cache", "storage"');
  return new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers });
}

export { handler as GET, handler as POST };

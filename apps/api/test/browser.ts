import { hkdfSync } from "node:crypto";
import { EncryptJWT } from "jose";
import { type Answer, type Api, send } from "./harness.ts";
import { password } from "./tenants.ts";

/** A browser signed in as the portal signs it in: a session row that an encrypted cookie names. */
export type Browser = {
  sessionId: string;
  /** A call of a page by itself, as polling does. */
  poll(procedure: string, input?: unknown): Promise<Answer>;
  /** A call that a person caused. */
  act(procedure: string, input?: unknown): Promise<Answer>;
  cookie: string;
};

export async function openBrowser(api: Api, username: string): Promise<Browser> {
  const opened = await api.anonymous.call("auth.openSession", { username, password });
  const { sessionId, tenantId } = (opened.body.result as { data: { sessionId: string; tenantId: string } }).data;
  const secret = api.platform.settings.sessionSecret;
  const key = new Uint8Array(hkdfSync("sha256", secret, "", "NextAuth.js Generated Encryption Key", 32));
  const cookie = await new EncryptJWT({ tid: tenantId, sid: sessionId })
    .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
    .setIssuedAt()
    .setExpirationTime("13h")
    .encrypt(key);
  const call = (procedure: string, input: unknown, headers: Record<string, string>) =>
    send(api.app, {
      method: "POST",
      url: `/trpc/${procedure}`,
      headers: {
        cookie: `infirmary.session=${cookie}`,
        "content-type": "application/json",
        "x-infirmary-csrf": "1",
        ...headers,
      },
      payload: JSON.stringify(input ?? {}),
    });
  return {
    sessionId,
    cookie,
    poll: (procedure, input) => call(procedure, input, {}),
    act: (procedure, input) => call(procedure, input, { "x-infirmary-active": "1" }),
  };
}

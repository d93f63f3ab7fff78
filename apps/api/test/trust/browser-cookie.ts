import { hkdfSync } from "node:crypto";
import type { Role } from "@infirmary/shared/access";
import { EncryptJWT } from "jose";
import type { Api } from "../harness.ts";
import { password } from "../tenants.ts";

/** The cookie that the portal would have set for a person of that role, as a browser sends it. */
export async function browserCookie(api: Api, role: Role): Promise<string> {
  const opened = await api.anonymous.call("auth.openSession", { username: api.people[role].username, password });
  const { sessionId, tenantId } = (opened.body.result as { data: { sessionId: string; tenantId: string } }).data;
  const { sessionSecret } = api.platform.settings;
  const key = new Uint8Array(hkdfSync("sha256", sessionSecret, "", "NextAuth.js Generated Encryption Key", 32));
  const cookie = await new EncryptJWT({ tid: tenantId, sid: sessionId })
    .setProtectedHeader({ alg: "dir", enc: "A256GCM" })
    .setIssuedAt()
    .setExpirationTime("1h")
    .encrypt(key);
  return `infirmary.session=${cookie}`;
}

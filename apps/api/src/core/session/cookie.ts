import { hkdfSync } from "node:crypto";
import { jwtDecrypt } from "jose";

/** What the portal's cookie names: a session row on the server. The cookie opens nothing by itself. */
export type CookieClaims = { tenantId: string; sessionId: string };

/** Behind https only the name that binds a cookie to its host: another host of the domain cannot plant that one. */
export const sessionCookieName = (publicOrigin: string) =>
  publicOrigin.startsWith("https:") ? "__Host-infirmary.session" : "infirmary.session";

/**
 * Opens next-auth's session cookie: a JWE (dir, A256GCM) under a key derived from the secret as next-auth 4 derives it
 * (`next-auth/jwt`: HKDF-SHA-256, no salt, info "NextAuth.js Generated Encryption Key"). Null for anything that is not ours.
 */
export async function openSessionCookie(cookie: string, secret: string): Promise<CookieClaims | null> {
  const key = new Uint8Array(hkdfSync("sha256", secret, "", "NextAuth.js Generated Encryption Key", 32));
  try {
    const { payload } = await jwtDecrypt(cookie, key, {
      clockTolerance: 15,
      keyManagementAlgorithms: ["dir"],
      contentEncryptionAlgorithms: ["A256GCM"],
    });
    const { tid, sid } = payload;
    return typeof tid === "string" && typeof sid === "string" ? { tenantId: tid, sessionId: sid } : null;
  } catch {
    return null;
  }
}

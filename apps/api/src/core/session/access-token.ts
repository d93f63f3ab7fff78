import { createPrivateKey, createPublicKey } from "node:crypto";
import { type CryptoKey, importPKCS8, jwtVerify, SignJWT } from "jose";

const issuer = "infirmary";
const audience = "infirmary-api";

export type AccessClaims = { tenantId: string; userId: string; sessionId: string };

/** Signs and verifies access tokens: EdDSA only, typ at+jwt, fixed issuer and audience (`trust` D3). */
export type AccessTokens = {
  sign(claims: AccessClaims): Promise<string>;
  verify(token: string): Promise<AccessClaims | null>;
  ttlSeconds: number;
};

/** Access tokens under one Ed25519 key (PKCS#8 PEM), good for `ttlSeconds`. */
export async function accessTokens(privateKeyPem: string, ttlSeconds: number): Promise<AccessTokens> {
  const privateKey: CryptoKey = await importPKCS8(privateKeyPem, "EdDSA");
  const publicKey = createPublicKey(createPrivateKey(privateKeyPem));
  return {
    ttlSeconds,
    sign: ({ tenantId, userId, sessionId }) =>
      new SignJWT({ tid: tenantId, sid: sessionId })
        .setProtectedHeader({ alg: "EdDSA", typ: "at+jwt" })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(userId)
        .setIssuedAt()
        .setExpirationTime(`${ttlSeconds}s`)
        .setJti(crypto.randomUUID())
        .sign(privateKey),
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, publicKey, {
          algorithms: ["EdDSA"],
          issuer,
          audience,
          typ: "at+jwt",
          requiredClaims: ["exp", "sub"],
        });
        const { sub, tid, sid } = payload;
        return typeof sub === "string" && typeof tid === "string" && typeof sid === "string"
          ? { userId: sub, tenantId: tid, sessionId: sid }
          : null;
      } catch {
        return null;
      }
    },
  };
}

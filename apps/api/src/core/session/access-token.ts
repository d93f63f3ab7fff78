import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";
import { type CryptoKey, importPKCS8, jwtVerify, SignJWT } from "jose";

const issuer = "infirmary";
const audience = "infirmary-api";
const verifiedMax = 10_000;

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
  // A signature costs more to check than the request to answer; whether the session still lives is asked every time.
  const verified = new Map<string, { claims: AccessClaims; expiresAtMs: number }>();
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
      const known = verified.get(token);
      if (known) return known.expiresAtMs > Date.now() ? known.claims : null;
      const payload = await openToken(token, publicKey);
      if (!payload) return null;
      if (verified.size >= verifiedMax) verified.clear();
      verified.set(token, payload);
      return payload.claims;
    },
  };
}

/** The claims of a token that is ours and still good, and when it ends. */
async function openToken(token: string, key: KeyObject): Promise<{ claims: AccessClaims; expiresAtMs: number } | null> {
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ["EdDSA"],
      issuer,
      audience,
      typ: "at+jwt",
      requiredClaims: ["exp", "sub"],
    });
    const { sub, tid, sid, exp } = payload;
    if (typeof sub !== "string" || typeof tid !== "string" || typeof sid !== "string" || exp === undefined) return null;
    return { claims: { userId: sub, tenantId: tid, sessionId: sid }, expiresAtMs: exp * 1000 };
  } catch {
    return null;
  }
}

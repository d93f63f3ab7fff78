import { createHmac, createPublicKey, createSign, generateKeyPairSync, sign as signBytes } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Api, send, startApi } from "../../../test/harness.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

type Json = Record<string, unknown>;
const b64 = (value: unknown) =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

it("sixty kinds of forged access tokens open nothing", async () => {
  const client = await api.signIn("nurse");
  const [header = "", payload = "", signature = ""] = client.access.split(".");
  const head = JSON.parse(Buffer.from(header, "base64url").toString()) as Json;
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as Json;
  const own = generateKeyPairSync("ed25519");
  const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const ec = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const jwk = createPublicKey(own.privateKey).export({ format: "jwk" });
  const ed = (h: Json, c: unknown = claims) => {
    const text = `${b64(h)}.${b64(c)}`;
    return `${text}.${signBytes(null, Buffer.from(text), own.privateKey).toString("base64url")}`;
  };
  const hmac = (alg: string, key: string | Buffer) => {
    const text = `${b64({ ...head, alg })}.${payload}`;
    return `${text}.${createHmac(`sha${alg.slice(2)}`, key)
      .update(text)
      .digest("base64url")}`;
  };
  const asymmetric = (alg: string, key: typeof rsa.privateKey) => {
    const text = `${b64({ ...head, alg })}.${payload}`;
    const options = alg.startsWith("ES") ? { key, dsaEncoding: "ieee-p1363" as const } : key;
    return `${text}.${createSign("sha256").update(text).sign(options).toString("base64url")}`;
  };
  const changed = (change: Json) => `${header}.${b64({ ...claims, ...change })}.${signature}`;
  const flipped = (at: number) => {
    const bytes = Buffer.from(signature, "base64url");
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    return `${header}.${payload}.${bytes.toString("base64url")}`;
  };
  const publicPem = own.publicKey.export({ type: "spki", format: "pem" }).toString();
  const forged: Record<string, string> = {
    ...Object.fromEntries(
      ["none", "None", "NONE", "nOnE", ""].flatMap((alg) => [
        [`alg ${alg || "empty"} unsigned`, `${b64({ ...head, alg })}.${payload}.`],
        [`alg ${alg || "empty"} with the old signature`, `${b64({ ...head, alg })}.${payload}.${signature}`],
      ]),
    ),
    "no alg": `${b64({ typ: "at+jwt" })}.${payload}.${signature}`,
    "alg null": `${b64({ ...head, alg: null })}.${payload}.${signature}`,
    "alg a list": `${b64({ ...head, alg: ["EdDSA"] })}.${payload}.${signature}`,
    "HS256 under the public key": hmac("HS256", publicPem),
    "HS384 under the public key": hmac("HS384", publicPem),
    "HS512 under the public key": hmac("HS512", publicPem),
    "HS256 under nothing": hmac("HS256", ""),
    "HS256 under zeros": hmac("HS256", Buffer.alloc(32)),
    "HS256 under the portal's secret": hmac("HS256", api.platform.settings.sessionSecret),
    RS256: asymmetric("RS256", rsa.privateKey),
    ES256: asymmetric("ES256", ec.privateKey),
    "our algorithm, another key": ed(head),
    "another key in jwk": ed({ ...head, jwk }),
    "another key by jku": ed({ ...head, jku: "http://evil.example/keys.json" }),
    "another key by x5u": ed({ ...head, x5u: "http://evil.example/cert.pem" }),
    "another key in x5c": ed({ ...head, x5c: ["MIIB"] }),
    "kid a path": ed({ ...head, kid: "../../../../dev/null" }),
    "kid an injection": ed({ ...head, kid: "' OR 1=1 --" }),
    "typ JWT": `${b64({ ...head, typ: "JWT" })}.${payload}.${signature}`,
    "typ absent": `${b64({ alg: "EdDSA" })}.${payload}.${signature}`,
    "an unknown critical header": ed({ ...head, crit: ["exp"], exp: 1 }),
    "unencoded payload": ed({ ...head, b64: false, crit: ["b64"] }),
    "another person": changed({ sub: api.people.admin.id }),
    "another organisation": changed({ tid: api.other.id }),
    "another session": changed({ sid: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a11" }),
    "later expiry": changed({ exp: 4_000_000_000 }),
    "no expiry": changed({ exp: undefined }),
    "expiry a text": changed({ exp: "4000000000" }),
    "not yet valid": changed({ nbf: 4_000_000_000 }),
    "another issuer": changed({ iss: "evil" }),
    "another audience": changed({ aud: "another-api" }),
    "audience a list": changed({ aud: ["infirmary-api", "evil"] }),
    "added role": changed({ roles: ["admin"] }),
    "signed by another: another person": ed(head, { ...claims, sub: api.people.admin.id }),
    "signed by another: no claims": ed(head, {}),
    "signed by another: a list": ed(head, []),
    "signed by another: text": ed(head, "x"),
    "signature cut": `${header}.${payload}.${signature.slice(0, -2)}`,
    "signature longer": `${header}.${payload}.${signature}AA`,
    "signature empty": `${header}.${payload}.`,
    "signature zeros": `${header}.${payload}.${Buffer.alloc(64).toString("base64url")}`,
    ...Object.fromEntries([0, 31, 32, 63].map((at) => [`signature with bit ${at * 8} flipped`, flipped(at)])),
    "two parts": `${header}.${payload}`,
    "four parts": `${client.access}.x`,
    "five parts": `${header}..${payload}.${signature}.x`,
    "only dots": "..",
    "a refresh token": client.refresh,
    "in quotes": `"${client.access}"`,
    "with spaces inside": client.access.replace(".", ". "),
    twice: `${client.access}, ${client.access}`,
    "a word": "admin",
  };
  expect(Object.keys(forged).length).toBeGreaterThanOrEqual(60);
  for (const [kind, token] of Object.entries(forged)) {
    const answer = await send(api.app, {
      method: "GET",
      url: "/api/v1/auth/me/",
      headers: { authorization: `Bearer ${token}` },
    });
    expect([answer.status, answer.body.code], kind).toEqual([401, "token-invalid"]);
  }
  expect((await client.get("/auth/me/")).status).toBe(200);
});

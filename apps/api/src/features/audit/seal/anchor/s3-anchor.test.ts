import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { signV4 } from "../../../../core/s3/sign-v4.ts";
import type { AnchorRecord } from "./anchor.ts";
import { s3Anchor } from "./s3-anchor.ts";

const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const stored = new Map<string, { body: string; headers: IncomingMessage["headers"] }>();
/** A store that checks signatures on its own, from what arrived: nothing of the signer is used. */
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(chunks);
    if (!isSigned(request, body)) return response.writeHead(403).end();
    if (stored.has(request.url ?? "")) return response.writeHead(409).end();
    stored.set(request.url ?? "", { body: body.toString(), headers: request.headers });
    return response.writeHead(200).end();
  });
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

function isSigned(request: IncomingMessage, body: Buffer): boolean {
  const sha = (data: Buffer | string) => createHash("sha256").update(data).digest("hex");
  const mac = (key: Buffer | string, text: string) => createHmac("sha256", key).update(text).digest();
  const parts =
    /^AWS4-HMAC-SHA256 Credential=(\w+)\/(\d{8})\/([\w-]+)\/s3\/aws4_request, SignedHeaders=([\w;-]+), Signature=([0-9a-f]{64})$/.exec(
      request.headers.authorization ?? "",
    );
  if (!parts || request.headers["x-amz-content-sha256"] !== sha(body)) return false;
  const [, id, day = "", region = "", names = "", signature] = parts;
  const must = [
    "host",
    "x-amz-date",
    "x-amz-content-sha256",
    "x-amz-object-lock-mode",
    "x-amz-object-lock-retain-until-date",
  ];
  if (id !== "AKIDEXAMPLE" || !must.every((name) => names.split(";").includes(name))) return false;
  const headers = names
    .split(";")
    .map((name) => `${name}:${request.headers[name]}\n`)
    .join("");
  const canonical = `${request.method}\n${request.url}\n\n${headers}\n${names}\n${sha(body)}`;
  const text = `AWS4-HMAC-SHA256\n${request.headers["x-amz-date"]}\n${day}/${region}/s3/aws4_request\n${sha(canonical)}`;
  const key = mac(mac(mac(mac(`AWS4${secret}`, day), region), "s3"), "aws4_request");
  return mac(key, text).toString("hex") === signature;
}

const record: AnchorRecord = {
  tenantId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a00",
  number: 7,
  chain: "ab".repeat(32),
  keyId: "0123456789abcdef",
  signature: "c2ln",
  anchoredAt: "2026-11-22T10:00:00.000Z",
};
const settingsFor = (secretAccessKey: string) => ({
  url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/bucket/audit%20log`,
  accessKeyId: "AKIDEXAMPLE",
  secretAccessKey,
  region: "eu-central-1",
  retainDays: 2557,
});

describe("the anchor in an S3-compatible store", () => {
  it("puts each seal as an object of its own, signed and locked for seven years", async () => {
    const anchor = s3Anchor(settingsFor(secret), () => new Date("2026-11-22T10:00:00Z"));
    await anchor.write([record]);
    const object = stored.get("/bucket/audit%20log/0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a00/000000000007.json");
    expect(JSON.parse(object?.body ?? "")).toEqual({ v: 1, ...record });
    expect(object?.headers).toMatchObject({
      "x-amz-object-lock-mode": "COMPLIANCE",
      "x-amz-object-lock-retain-until-date": "2033-11-22T10:00:00.000Z",
      "x-amz-checksum-sha256": createHash("sha256")
        .update(object?.body ?? "")
        .digest("base64"),
    });
  });

  it("fails where the store refuses, so that the seal is not noted as anchored", async () => {
    await expect(s3Anchor(settingsFor("another secret")).write([record])).rejects.toThrow("answered 403");
    await expect(s3Anchor(settingsFor(secret)).write([record])).rejects.toThrow("answered 409");
  });

  it("signs as AWS's published example of PUT Object", () => {
    const headers = signV4(
      {
        method: "PUT",
        url: new URL("https://examplebucket.s3.amazonaws.com/test%24file.text"),
        headers: { date: "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY" },
        body: Buffer.from("Welcome to Amazon S3."),
      },
      {
        accessKeyId: "AKIAIOSFODNN7EXAMPLE",
        secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
        region: "us-east-1",
      },
      new Date("2013-05-24T00:00:00Z"),
    );
    expect(headers.authorization).toContain(
      "Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
    );
  });
});

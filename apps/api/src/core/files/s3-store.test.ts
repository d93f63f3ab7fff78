import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { s3Store } from "./s3-store.ts";

const objects = new Map<string, Buffer>();
/** A store that takes only what is signed over the bytes that arrive. */
const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks);
  const { authorization = "", "x-amz-content-sha256": sha } = request.headers;
  const isSigned =
    authorization.startsWith("AWS4-HMAC-SHA256 Credential=KEY/") && authorization.includes("x-amz-content-sha256");
  if (!isSigned || sha !== createHash("sha256").update(body).digest("hex")) return response.writeHead(403).end();
  if (request.method === "PUT") objects.set(request.url ?? "", body);
  const found = objects.get(request.url ?? "");
  return found ? response.end(found) : response.writeHead(404).end();
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve)));
afterAll(() => new Promise((resolve) => server.close(resolve)));

const name = "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a00/0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a01";
const store = (accessKeyId = "KEY") =>
  s3Store({
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/bucket/files/`,
    accessKeyId,
    secretAccessKey: "secret",
    region: "us-east-1",
  });

it("keeps bytes under tenant and id and gives them back, and says what is not there", async () => {
  expect(await store().read(name)).toBeNull();
  await store().write(name, Buffer.from([0, 1, 255]));
  expect([...objects.keys()]).toEqual([`/bucket/files/${name}`]);
  expect(await store().read(name)).toEqual(Buffer.from([0, 1, 255]));
});

it("fails where the store refuses, and never asks for a name that leads elsewhere", async () => {
  await expect(store("OTHER").write(name, Buffer.from("x"))).rejects.toThrow("403");
  await expect(store("OTHER").read(name)).rejects.toThrow("403");
  await expect(store().read("../../secret")).rejects.toThrow("named by tenant and id");
});

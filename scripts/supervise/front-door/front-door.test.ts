import { createServer, type IncomingMessage, type RequestListener, request, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FrontDoor, openFrontDoor } from "./index.ts";

let api: Server;
let portal: Server;
let door: FrontDoor;
let seen: IncomingMessage[];
let base: string;

beforeEach(async () => {
  seen = [];
  api = await serve((incoming, response) => {
    seen.push(incoming);
    response.setHeader("set-cookie", ["a=1", "b=2"]);
    incoming.pipe(response);
  });
  portal = await serve((incoming, response) => {
    seen.push(incoming);
    response.end("page");
  });
  door = await openFrontDoor({
    listenAddress: "127.0.0.1",
    port: 0,
    api: { host: "127.0.0.1", port: portOf(api) },
    portal: { host: "127.0.0.1", port: portOf(portal) },
    protocol: "http",
  });
  base = `http://127.0.0.1:${door.port}`;
});
afterEach(async () => {
  await door.close();
  for (const server of [api, portal]) {
    server.closeAllConnections();
    server.close();
  }
});

describe("the front door", () => {
  it.each(["/trpc/patient.list", "/trpc?batch=1", "/api/v1/ping/", "/api/v1"])("sends %s to the API", async (path) => {
    await fetch(`${base}${path}`);
    expect(seen[0]?.socket.localPort).toBe(portOf(api));
    expect(seen[0]?.url).toBe(path);
  });

  it.each(["/", "/patients", "/api/auth/session", "/api/v10/x", "/trpcs"])("sends %s to the portal", async (path) => {
    expect(await (await fetch(`${base}${path}`)).text()).toBe("page");
  });

  it("passes bodies of any length on, both ways, and every cookie", async () => {
    const body = "x".repeat(6 * 1024 * 1024);
    const answer = await fetch(`${base}/api/v1/echo`, { method: "POST", body });
    expect(await answer.text()).toBe(body);
    expect(answer.headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  });

  it("passes an event on the moment it is written", async () => {
    api.removeAllListeners("request");
    const open: { write(chunk: string): void }[] = [];
    api.on("request", (_incoming, response) => {
      response.writeHead(200, { "content-type": "text/event-stream" });
      response.flushHeaders();
      open.push(response);
    });
    const stop = new AbortController();
    const answer = await fetch(`${base}/trpc/live`, { signal: stop.signal });
    const reader = answer.body?.getReader();
    for (const event of ["data: 1\n\n", "data: 2\n\n"]) {
      open[0]?.write(event);
      expect(new TextDecoder().decode((await reader?.read())?.value)).toBe(event);
    }
    stop.abort();
  });

  it("ends the request behind when the browser goes away", async () => {
    api.removeAllListeners("request");
    const gone = new Promise<void>((resolve) => {
      api.on("request", (_incoming, response) => {
        response.write(":\n\n");
        response.once("close", resolve);
      });
    });
    const stop = new AbortController();
    await fetch(`${base}/trpc/live`, { signal: stop.signal });
    stop.abort();
    await gone;
  });

  it("says itself where a request comes from, and believes no client about it", async () => {
    await fetch(`${base}/api/v1/ping`, {
      headers: {
        "x-forwarded-for": "10.9.9.9",
        "x-forwarded-proto": "https",
        "x-forwarded-host": "evil.example",
        forwarded: "for=10.9.9.9",
        "x-real-ip": "10.9.9.9",
        "x-middleware-subrequest": "proxy:proxy:proxy",
        "x-nonce": "known",
      },
    });
    const { headers } = seen[0] ?? { headers: {} };
    expect(headers).toMatchObject({
      "x-forwarded-for": "127.0.0.1",
      "x-forwarded-proto": "http",
      "x-forwarded-host": `127.0.0.1:${door.port}`,
    });
    expect(Object.keys(headers)).not.toEqual(expect.arrayContaining(["forwarded"]));
    for (const name of ["forwarded", "x-real-ip", "x-middleware-subrequest", "x-nonce"])
      expect(headers).not.toHaveProperty(name);
  });

  it("keeps what concerns one connection to that connection", async () => {
    const answer = await rawRequest({ connection: "close, x-secret", "x-secret": "1", te: "trailers" });
    expect(answer).toBe(200);
    for (const name of ["x-secret", "te"]) expect(seen[0]?.headers).not.toHaveProperty(name);
  });

  it("answers 502 with a page that comes back by itself while the portal restarts", async () => {
    await stop(portal);
    const answer = await fetch(`${base}/patients`);
    expect(answer.status).toBe(502);
    expect(answer.headers.get("content-type")).toContain("text/html");
    const page = await answer.text();
    expect(page).toContain("Infirmary is restarting");
    expect(page).toContain('http-equiv="refresh"');
  });

  it("answers 502 as problem+json while the API restarts", async () => {
    await stop(api);
    const answer = await fetch(`${base}/api/v1/patients/`, { method: "POST", body: "{}" });
    expect(answer.status).toBe(502);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(await answer.json()).toMatchObject({ status: 502, code: "restarting" });
  });

  it("cuts the answer when the server behind dies in the middle of it", async () => {
    api.removeAllListeners("request");
    api.on("request", (_incoming, response) => {
      response.writeHead(200, { "content-length": "100" });
      response.write("half");
      setImmediate(() => response.destroy());
    });
    const answer = await fetch(`${base}/api/v1/long`);
    await expect(answer.text()).rejects.toThrow();
  });

  it("takes no large body for a page", async () => {
    const answer = await fetch(`${base}/patients`, { method: "POST", body: "x".repeat(2 * 1024 * 1024) }).catch(() => ({
      status: 413,
    }));
    expect(answer.status).toBe(413);
    expect(seen).toEqual([]);
  });

  it("refuses headers over 16 KiB and requests of two lengths", async () => {
    expect((await fetch(`${base}/`, { headers: { "x-long": "x".repeat(17_000) } })).status).toBe(431);
    const smuggled =
      "POST /api/v1/x HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    expect(await raw(smuggled)).toMatch(/^HTTP\/1.1 400/);
    expect(seen).toEqual([]);
  });
});

function serve(listener: RequestListener): Promise<Server> {
  const server = createServer(listener);
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** fetch may not set these headers. */
function rawRequest(headers: Record<string, string>): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request(`${base}/api/v1/ping`, { headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    })
      .once("error", reject)
      .end();
  });
}

function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(door.port, "127.0.0.1", () => socket.write(text));
    let answer = "";
    socket.setEncoding("utf8").on("data", (chunk: string) => {
      answer += chunk;
    });
    socket.once("error", reject);
    socket.once("close", () => resolve(answer));
  });
}

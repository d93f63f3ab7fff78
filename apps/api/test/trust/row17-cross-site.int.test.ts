import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, send, startApi } from "../harness.ts";
import { browserCookie } from "./browser-cookie.ts";
import { procedures } from "./inputs.ts";

/** Row 17: a browser sends its cookie whoever asks, so a request that changes something must prove it comes from the portal. */
let api: Api;
let cookie: string;
beforeAll(async () => {
  api = await startApi();
  cookie = await browserCookie(api, "admin");
});
afterAll(() => api.close());

const portal = "http://localhost:3000";
const json = { "content-type": "application/json", "x-infirmary-csrf": "1" };
const multipart = { "content-type": "multipart/form-data; boundary=x" };

/** What a foreign page can make a browser send. */
const shapes: { name: string; headers: Record<string, string>; payload: string }[] = [
  {
    name: "a form",
    headers: { "content-type": "application/x-www-form-urlencoded", origin: "https://evil.example" },
    payload: "a=1",
  },
  { name: "a form of another kind", headers: { ...multipart, origin: "https://evil.example" }, payload: "--x--\r\n" },
  {
    name: "the multipart trick without an origin",
    headers: { ...multipart, "x-infirmary-csrf": "1" },
    payload: "--x--\r\n",
  },
  {
    name: "text that is JSON",
    headers: { "content-type": "text/plain", origin: "https://evil.example" },
    payload: "{}",
  },
  { name: "JSON from elsewhere with the header", headers: { ...json, origin: "https://evil.example" }, payload: "{}" },
  { name: "JSON of a sandboxed page", headers: { ...json, origin: "null" }, payload: "{}" },
  { name: "JSON without the header", headers: { "content-type": "application/json", origin: portal }, payload: "{}" },
  { name: "JSON of a sister site", headers: { ...json, "sec-fetch-site": "same-site" }, payload: "{}" },
];

/** Draws a challenge for whoever is about to sign in: there is nobody yet in whose name it could act. */
const harmless = ["auth.passkeyOptions"];

describe("8 cross-site shapes of every mutation", () => {
  const mutations = procedures.filter(({ type }) => type === "mutation");

  it("have no effect and are refused", { timeout: 120_000 }, async () => {
    const before = await writes();
    const taken: string[] = [];
    for (const { name, meta } of mutations) {
      for (const { name: shape, headers, payload } of shapes) {
        const { status } = await send(api.app, {
          method: "POST",
          url: `/trpc/${name}`,
          headers: { ...headers, cookie },
          payload,
        });
        // A public procedure does nothing in the cookie's name; it is judged by its input.
        const refused = meta.access === "public" ? [400, 401, 403, 415] : [403, 415];
        if (harmless.includes(name)) refused.push(200);
        if (!refused.includes(status)) taken.push(`${name} by ${shape}: ${status}`);
      }
    }
    expect(taken).toEqual([]);
    expect(await writes()).toEqual(before);
  });

  it("over REST too", { timeout: 120_000 }, async () => {
    const taken: string[] = [];
    for (const { name, meta } of mutations) {
      if (!meta.rest || meta.access === "public") continue;
      const url = `/api/v1${meta.rest.path.replace(/\{\w+\}/g, "01890000-0000-7000-8000-000000000000")}`;
      for (const { name: shape, headers, payload } of shapes) {
        const { status } = await send(api.app, {
          method: meta.rest.method as "POST",
          url,
          headers: { ...headers, cookie },
          payload,
        });
        if (![403, 415].includes(status)) taken.push(`${name} by ${shape}: ${status}`);
      }
    }
    expect(taken).toEqual([]);
  });

  it("no mutation runs by GET", async () => {
    for (const { name } of mutations) {
      const { status } = await send(api.app, {
        method: "GET",
        url: `/trpc/${name}?input={}`,
        headers: { cookie, origin: portal },
      });
      expect(status, name).toBe(405);
    }
  });

  it("and the portal's own request is taken", async () => {
    const own = { ...json, origin: portal, "sec-fetch-site": "same-origin", cookie };
    const { status } = await send(api.app, { method: "POST", url: "/trpc/auth.me", headers: own, payload: "{}" });
    expect(status).toBe(200);
  });

  const writes = async () =>
    (
      await api.owner.query(
        "SELECT (SELECT count(*) FROM user_account) AS people, (SELECT count(*) FROM patient) AS patients, (SELECT count(*) FROM service_order) AS orders, (SELECT count(*) FROM audit_entry WHERE outcome = 'success') AS deeds",
      )
    ).rows;
});

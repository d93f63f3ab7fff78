import cookie from "@fastify/cookie";
import Fastify from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditRows } from "../../../test/audit-rows.ts";
import { type Api, startApi } from "../../../test/harness.ts";
import { browserCookie } from "../../../test/trust/browser-cookie.ts";
import { registerCspReports } from "./index.ts";
import { readReports } from "./read-reports.ts";
import { ReportTally } from "./report-tally.ts";

let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const patient = "01a2043c-9c20-70aa-8c3f-3a1fbdf1c9a1";
const violation = (changes: object = {}) => ({
  type: "csp-violation",
  age: 10,
  url: "http://localhost:3000/patients",
  body: {
    documentURL: `http://localhost:3000/patients/${patient}?q=Doe`,
    effectiveDirective: "script-src-elem",
    blockedURL: "https://evil.example/steal.js?name=Doe",
    sample: "alert('Doe')",
    ...changes,
  },
});

describe("a report of a page's policy", () => {
  it("is kept as rule, origin and kind of screen, in the old form and the new: no address, no query, no sample", () => {
    const kept = { directive: "script-src-elem", blocked: "https://evil.example", page: "/patients/*" };
    expect(readReports([violation()])).toEqual([kept]);
    const old = {
      "csp-report": {
        "document-uri": `http://localhost:3000/patients/${patient}`,
        "violated-directive": "style-src-attr 'self'",
        "blocked-uri": "inline",
      },
    };
    expect(readReports(old)).toEqual([{ directive: "style-src-attr", blocked: "inline", page: "/patients/*" }]);
    expect(readReports([violation({ blockedURL: "data", documentURL: "no address" })])).toEqual([
      { directive: "script-src-elem", blocked: "data", page: "/" },
    ]);
    for (const none of [null, 1, "x", {}, [{}], [{ type: "deprecation", body: {} }]])
      expect(readReports(none)).toEqual([]);
  });

  it("costs the same memory however many come", () => {
    const tally = new ReportTally();
    for (let index = 0; index < 5_000; index++)
      tally.add("t", [{ directive: "img-src", blocked: `https://h${index}.example`, page: "/" }]);
    for (let index = 0; index < 5_000; index++)
      tally.add(`t${index}`, [{ directive: "img-src", blocked: "data", page: "/" }]);
    const taken = tally.take();
    expect([taken.length, taken[0]?.violations.length, taken[0]?.others]).toEqual([200, 50, 4_950]);
    expect(tally.take()).toEqual([]);
  });

  it("is audited in aggregate for the organisation whose browser sent it, and for nobody otherwise", async () => {
    const app = Fastify();
    await app.register(cookie);
    await app.register(async (scope) => registerCspReports(scope, api.platform));
    const signedIn = await browserCookie(api, "doctor");
    const post = (headers: Record<string, string>, payload: unknown = [violation()]) =>
      app.inject({
        method: "POST",
        url: "/csp-reports",
        headers: { "content-type": "application/reports+json", ...headers },
        payload: JSON.stringify(payload),
      });
    for (let index = 0; index < 3; index++)
      expect((await post({ cookie: signedIn, "sec-fetch-site": "same-origin" })).statusCode).toBe(204);
    expect((await post({ cookie: "infirmary.session=forged" })).statusCode).toBe(204);
    // A foreign page cannot fill the log in somebody's name.
    await post({ cookie: signedIn, "sec-fetch-site": "cross-site" });
    expect((await post({ cookie: signedIn }, [violation({ sample: "x".repeat(40_000) })])).statusCode).toBe(413);
    await app.close();
    const rows = await auditRows(api, "action = 'csp.report'");
    expect(rows.map(({ after, username }) => ({ after, username }))).toEqual([
      {
        username: null,
        after: {
          violations: [
            { directive: "script-src-elem", blocked: "https://evil.example", page: "/patients/*", count: 3 },
          ],
          others: 0,
        },
      },
    ]);
  });

  it("is taken by the API at its address", async () => {
    const answer = await api.app.inject({
      method: "POST",
      url: "/api/v1/csp-reports",
      headers: { "content-type": "application/csp-report" },
      payload: JSON.stringify({ "csp-report": {} }),
    });
    expect([answer.statusCode, answer.body]).toEqual([204, ""]);
  });
});

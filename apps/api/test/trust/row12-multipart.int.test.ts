import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, send, startApi } from "../harness.ts";
import { oruOf, placeOrder, registerPatient } from "../lab.ts";
import { many, randomFrom, seed } from "./form.ts";

/** Rows 11 and 12: nothing here parses multipart or archives, and a file's name is only a text. */
let api: Api;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

describe("hostile multiparts", () => {
  it("are refused at once, hang no handler and cost no memory", { timeout: 600_000 }, async () => {
    const random = randomFrom(seed);
    const { access } = await api.as("lab_technician");
    const patient = await registerPatient(api);
    const order = await placeOrder(api, patient);
    const urls = [
      "/trpc/result.upload",
      "/api/v1/patients/",
      `/api/v1/lab-orders/${order.id}/results/`,
      "/api/v1/hl7/validate/",
    ];
    const shapes = [
      (b: string) => `--${b}\r\ncontent-disposition: form-data; name="a"\r\n\r\n`,
      (b: string) => `--${b}\r\n${"x: y\r\n".repeat(500)}\r\n--${b}--`,
      (b: string) => `${"-".repeat(2_000)}${b}`,
      (b: string) =>
        `--${b}\r\ncontent-disposition: form-data; name="__proto__"; filename="../../etc/passwd"\r\n\r\nx\r\n`.repeat(
          20,
        ),
      () => "",
      () => randomBytes(2_000).toString("latin1"),
    ];
    const before = process.memoryUsage().rss;
    const statuses = new Set<number>();
    const total = many(10_000, 1_000);
    for (let done = 0; done < total; done += 50) {
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, index) => {
          const boundary = random() < 0.2 ? "b".repeat(300) : "x";
          return send(api.app, {
            method: "POST",
            url: urls[index % urls.length] ?? "",
            headers: { authorization: `Bearer ${access}`, "content-type": `multipart/form-data; boundary=${boundary}` },
            payload: shapes[Math.floor(random() * shapes.length)]?.(boundary) ?? "",
          });
        }),
      );
      for (const { status } of answers) statuses.add(status);
    }
    expect([...statuses], `seed ${seed}`).toEqual([415]);
    expect((process.memoryUsage().rss - before) / 2 ** 20).toBeLessThan(100);
  });
});

describe("200 hostile file names", () => {
  it("write nothing, name no path and come back as data", { timeout: 300_000 }, async () => {
    const technician = await api.as("lab_technician");
    const patient = await registerPatient(api);
    const order = await placeOrder(api, patient);
    const heads = ["../", "..\\", "/etc/", "C:\\", "%2e%2e%2f", "....//", "\u2025/", "a/../../", "~/", "file:///"];
    const tails = [
      "passwd",
      "x.hl7",
      "x.html",
      "x.svg",
      "x.js",
      "x.hl7\u202Etxt",
      "con",
      "x.hl7;.exe",
      '"><script>',
      "x\r\nset-cookie: a=1",
      "x\u0000.hl7",
      " .hl7",
      "x.zip",
      "x.php",
      "x.hl7/",
      "$(id)",
      "`id`",
      "x|id",
      "x&id",
      "*",
    ];
    const names = heads.flatMap((head) => tails.map((tail) => head + tail));
    expect(names).toHaveLength(200);
    const places = [tmpdir(), process.cwd(), "/etc"];
    const files = () =>
      places.map(
        (place) => readdirSync(place).filter((name) => !/vitest|infirmary-test|node-compile/.test(name)).length,
      );
    const before = files();
    for (const [index, fileName] of names.entries()) {
      const answer = await technician.call("result.preview", {
        contentBase64: Buffer.from(oruOf(patient, order, [{}], { controlId: `name-${index}` })).toString("base64"),
        fileName,
      });
      expect(answer.status === 200 || answer.status === 400, `${fileName}: ${answer.text}`).toBe(true);
      expect(answer.headers["content-type"]).toMatch(/^application\/json/);
      expect(answer.headers["x-content-type-options"]).toBe("nosniff");
      expect(answer.headers["set-cookie"]).toBeUndefined();
    }
    expect(files()[2]).toBe(before[2]);
    expect(files()[1]).toBe(before[1]);
  });
});

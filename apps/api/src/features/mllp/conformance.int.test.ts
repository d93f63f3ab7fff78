import { execFileSync, spawnSync } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { referenceData } from "@infirmary/native/test-support";
import { Message } from "node-hl7-client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Api, startApi } from "../../../test/harness.ts";
import { oruOf, placeOrder, registerPatient } from "../../../test/lab.ts";
import { readAck, Sender, seedPartner, startMllp } from "../../../test/mllp.ts";
import type { Listener } from "./index.ts";

let api: Api;
let listener: Listener;
beforeAll(async () => {
  api = await startApi();
  await seedPartner(api);
  listener = await startMllp(api);
});
afterAll(async () => {
  await listener.close();
  await api.close();
});

describe("an acknowledgement", () => {
  it("is read the same by another implementation of HL7", async () => {
    const patient = await registerPatient(api);
    const order = await placeOrder(api, patient);
    const sender = await Sender.connect(listener.port);
    const cases = [
      { text: oruOf(patient, order, [{}], { controlId: "C1" }), code: "AA", errors: [] },
      {
        text: oruOf(patient, order, [{}], { controlId: "C2" }).replace("|F|||20261102091500\r", "||||20261102091500\r"),
        code: "AE",
        errors: [{ place: "OBX^1^11", number: "101" }],
      },
      {
        text: oruOf(patient, { orderNumber: "L0000000" }, [{}], { controlId: "C3" }),
        code: "AA",
        errors: [{ place: "OBR^1^2", number: "204" }],
      },
    ];
    for (const { text, code, errors } of cases) {
      const ack = new Message({ text: (await sender.send(text)) ?? "" });
      const at = (path: string) => ack.get(path).toString();
      expect([at("MSH.9.1"), at("MSH.9.3"), at("MSH.12"), at("MSH.5"), at("MSH.3")]).toEqual([
        "ACK",
        "ACK",
        "2.5.1",
        "LAB",
        "INFIRMARY",
      ]);
      expect([at("MSA.1"), at("MSA.2")]).toEqual([code, text.split("|")[9]]);
      const found = [...ack.get("ERR")].map((segment) => ({
        place: [1, 2, 3].map((part) => segment.get(`ERR.2.${part}`).toString()).join("^"),
        number: segment.get("ERR.3.1").toString(),
      }));
      expect(found).toEqual(errors);
    }
    sender.close();
  });
});

const corpus = referenceData("hl7");

/** What INDEX.md says of the bad files: the acknowledgement a strict receiver gives. */
function expectations(): { file: string; ack: string }[] {
  const index = readFileSync(new URL("INDEX.md", corpus), "utf8").split("## bad/")[1]?.split("\n## ")[0] ?? "";
  return [...index.matchAll(/^\| (\S+\.hl7) \| [^|]* \| [^|]* \| [^|]* \| ([^|]+) \|/gm)].map(
    ([, file = "", ack = ""]) => ({ file, ack: ack.trim() }),
  );
}

/** MSH-15 as the file has it. */
function commitOf(bytes: Uint8Array): string {
  const [header = ""] = /MSH[^\r\n]*/.exec(Buffer.from(bytes).toString("latin1")) ?? [];
  return header.split("|")[14]?.trim() ?? "";
}

describe.skipIf(!corpus)("every bad file of the reference set", () => {
  it("gets the answer its index names over MLLP, and files nothing", async () => {
    const files = expectations();
    expect(files.map(({ file }) => file).sort()).toEqual(readdirSync(new URL("bad", corpus)).sort());
    for (const { file, ack } of files) {
      const sender = await Sender.connect(listener.port);
      // Files that hold frame bytes hold them for the file's own frame.
      const bytes = readFileSync(new URL(`bad/${file}`, corpus)).filter((byte) => byte !== 0x0b && byte !== 0x1c);
      const answer = await sender.send(bytes);
      // In enhanced mode the commit acknowledgement says it.
      const isCommit = ["AL", "ER"].includes(commitOf(bytes));
      const allowed =
        ack === "none" ? [""] : ack.split(" or ").map((code) => (isCommit ? code.replace("A", "C") : code));
      expect([file, readAck(answer).code]).toEqual([file, expect.toSatisfy((code: string) => allowed.includes(code))]);
      sender.close();
    }
    expect((await api.owner.query("SELECT 1 FROM hl7_message WHERE sender NOT LIKE 'LAB|SITE'")).rowCount).toBe(0);
  });

  it("is refused over REST with a reason, and files nothing", async () => {
    const patient = await registerPatient(api);
    const order = await placeOrder(api, patient);
    const technician = await api.as("lab_technician");
    for (const { file } of expectations()) {
      const bytes = readFileSync(new URL(`bad/${file}`, corpus));
      if (bytes.length === 0) continue;
      const answer = await technician.post(`/lab-orders/${order.id}/results/`, bytes, {
        "content-type": "application/hl7-v2",
      });
      expect(answer.status, `${file} ${answer.text}`).toBeGreaterThanOrEqual(400);
      expect(answer.status, file).toBeLessThan(500);
      expect((answer.body.errors as unknown[]).length, file).toBeGreaterThan(0);
    }
    expect((await (await api.as("doctor")).get(`/lab-orders/${order.id}/results/`)).body.items).toEqual([]);
  });
});

const hasOpenssl = spawnSync("openssl", ["version"]).status === 0;

describe.runIf(hasOpenssl)("over TLS", () => {
  const folder = mkdtempSync(join(tmpdir(), "infirmary-mllp-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const openssl = (...args: string[]) => execFileSync("openssl", args, { cwd: folder, stdio: "pipe" });
  const read = (name: string) => readFileSync(join(folder, name), "utf8");
  const authority = (name: string) =>
    openssl(
      "req",
      "-x509",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-keyout",
      `${name}.key`,
      "-out",
      `${name}.pem`,
      "-subj",
      `/CN=${name}`,
      "-days",
      "2",
    );
  const signed = (name: string, by: string) => {
    openssl(
      "req",
      "-newkey",
      "ec",
      "-pkeyopt",
      "ec_paramgen_curve:P-256",
      "-nodes",
      "-keyout",
      `${name}.key`,
      "-out",
      `${name}.csr`,
      "-subj",
      `/CN=${name}`,
    );
    openssl(
      "x509",
      "-req",
      "-in",
      `${name}.csr`,
      "-CA",
      `${by}.pem`,
      "-CAkey",
      `${by}.key`,
      "-CAcreateserial",
      "-out",
      `${name}.pem`,
      "-days",
      "2",
    );
    return createHash("sha256")
      .update(new X509Certificate(read(`${name}.pem`)).raw)
      .digest("hex");
  };

  it("only a certificate of the authority that is a partner's gets an answer; plain text gets none", async () => {
    authority("ca");
    authority("elsewhere");
    signed("server", "ca");
    const fingerprint = signed("analyser", "ca");
    signed("stranger", "ca");
    signed("foreigner", "elsewhere");
    await seedPartner(api, { name: "Analyser TLS", fingerprint });
    const secure = await startMllp(api, {}, { key: read("server.key"), cert: read("server.pem"), ca: read("ca.pem") });
    const dial = async (name: string | null, maxVersion: "TLSv1.1" | "TLSv1.2" | "TLSv1.3" = "TLSv1.3") => {
      const socket = connectTls({
        port: secure.port,
        host: "127.0.0.1",
        ca: read("ca.pem"),
        checkServerIdentity: () => undefined,
        maxVersion,
        minVersion: maxVersion,
        ...(name ? { key: read(`${name}.key`), cert: read(`${name}.pem`) } : {}),
      });
      const sender = new Sender(socket);
      const isUp = await Promise.race([
        once(socket, "secureConnect").then(() => true),
        once(socket, "close").then(() => false),
      ]).catch(() => false);
      return isUp ? sender : null;
    };
    const patient = await registerPatient(api);
    const order = await placeOrder(api, patient);
    const answered = async (sender: Sender | null) => {
      const ack = sender ? await sender.send(oruOf(patient, order, [{}])) : null;
      sender?.close();
      return readAck(ack).code;
    };
    expect(await answered(await dial("analyser"))).toBe("AA");
    expect(await answered(await dial("analyser", "TLSv1.2"))).toBe("AA");
    for (const name of ["stranger", "foreigner", null]) expect(await answered(await dial(name)), String(name)).toBe("");
    expect(await answered(await dial("analyser", "TLSv1.1"))).toBe("");
    expect(await answered(await Sender.connect(secure.port))).toBe("");
    await api.owner.query("UPDATE partner SET is_active = false WHERE name = 'Analyser TLS'");
    expect(await answered(await dial("analyser"))).toBe("");
    await secure.close();
  });
});

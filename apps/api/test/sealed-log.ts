import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { readAnchors } from "../src/audit-verifier/anchors.ts";
import type { Finding } from "../src/audit-verifier/findings.ts";
import { sealKeysOf } from "../src/audit-verifier/format.ts";
import { verifyTenant } from "../src/audit-verifier/verify-tenant.ts";
import type { Anchor } from "../src/features/audit/seal/anchor/anchor.ts";
import { anchorHeads } from "../src/features/audit/seal/anchor/anchor-heads.ts";
import { fileAnchor } from "../src/features/audit/seal/anchor/file-anchor.ts";
import { sealAll } from "../src/features/audit/seal/sealer.ts";
import { type Signer, signerOf } from "../src/features/audit/seal/statement.ts";
import type { Api } from "./harness.ts";

/** The log of a test's API with a sealer, an anchor file and the offline check. */
export type SealedLog = {
  signer: Signer;
  sealPem: string;
  anchors: Anchor[];
  anchorFile: string;
  seal(signer?: Signer): Promise<number>;
  anchor(): Promise<void>;
  verify(tenantId?: string): Promise<Awaited<ReturnType<typeof verifyTenant>>>;
  /** What the check finds, as `kind place`. */
  findings(): Promise<Finding[]>;
  close(): void;
};

export const newPem = (): string =>
  generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();

export function sealedLog(api: Api, appUrl: string): SealedLog {
  const folder = mkdtempSync(join(tmpdir(), "infirmary-anchors-"));
  const anchorFile = join(folder, "anchors.jsonl");
  const sealPem = newPem();
  const signer = signerOf(sealPem);
  const sealKeys: Map<string, KeyObject> = sealKeysOf(sealPem);
  const anchors = [fileAnchor(anchorFile)];
  const verify = async (tenantId = api.home.id) => {
    const client = new pg.Client({ connectionString: appUrl });
    await client.connect();
    try {
      const read = readAnchors(anchorFile, sealKeys);
      const report = await verifyTenant(client, tenantId, {
        trusted: { macKey: api.platform.auditKey, sealKeys, anchors: read.lines, anchorPlace: `file ${anchorFile}` },
      });
      return { ...report, findings: [...report.findings, ...read.findings] };
    } finally {
      await client.end();
    }
  };
  return {
    signer,
    sealPem,
    anchors,
    anchorFile,
    verify,
    seal: (other = signer) => sealAll({ platform: api.platform, signer: other }),
    anchor: () => anchorHeads(api.platform, anchors),
    findings: async () => (await verify()).findings,
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

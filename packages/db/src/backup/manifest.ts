import { createHash } from "node:crypto";

/** One file of the cluster, as the server saw it while it copied. */
export interface ManifestFile {
  path: string;
  size: number;
  /** Hex. */
  sha256: string;
}

/**
 * Reads PostgreSQL's backup manifest and checks its own checksum, which covers every byte before its last entry.
 * https://www.postgresql.org/docs/18/backup-manifest-format.html
 * @throws Error when it is damaged
 */
export function readManifest(text: string): ManifestFile[] {
  const at = text.lastIndexOf('"Manifest-Checksum"');
  const { Files: files, "Manifest-Checksum": expected } = JSON.parse(text) as {
    Files: { Path?: string; "Encoded-Path"?: string; Size: number; Checksum: string }[];
    "Manifest-Checksum": string;
  };
  const actual = createHash("sha256").update(text.slice(0, at)).digest("hex");
  if (actual !== expected) throw new Error("The backup's manifest does not match its own checksum.");
  return files.map(({ Path, "Encoded-Path": encoded, Size: size, Checksum: sha256 }) => ({
    path: Path ?? Buffer.from(encoded ?? "", "hex").toString("utf8"),
    size,
    sha256,
  }));
}

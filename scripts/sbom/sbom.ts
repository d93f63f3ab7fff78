import { createHash } from "node:crypto";

/** What we read of npm's lock file, version 3. */
export interface LockFile {
  name: string;
  version: string;
  packages: Record<string, LockedPackage>;
}
interface LockedPackage {
  name?: string;
  version?: string;
  license?: string;
  integrity?: string;
  resolved?: string;
  link?: boolean;
  dev?: boolean;
  optional?: boolean;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

interface Component {
  type: "application" | "library";
  "bom-ref": string;
  group?: string;
  name: string;
  version: string;
  scope?: "required" | "optional" | "excluded";
  hashes?: { alg: "SHA-512"; content: string }[];
  licenses?: [{ license: { id: string } } | { license: { name: string } } | { expression: string }];
  purl: string;
  properties?: { name: string; value: string }[];
}

export interface Bom {
  bomFormat: "CycloneDX";
  specVersion: "1.6";
  serialNumber: string;
  version: 1;
  metadata: { component: Component; properties: { name: string; value: string }[] };
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

/**
 * The software bill of materials of a lock file (CycloneDX 1.6, ECMA-424): every package with version, licence, hash and what
 * it needs. The same lock file gives the same text, so two builds can be compared; its serial number is a hash of it.
 * @param extra parts that no lock file names, as the native library's OpenSSL
 */
export function bomOf(lock: LockFile, text: string, extra: readonly Component[] = []): Bom {
  const paths = Object.keys(lock.packages).filter((path) => path !== "" && !lock.packages[path]?.link);
  const components = paths.flatMap((path) => {
    const entry = lock.packages[path];
    return entry?.version ? [componentOf(path, entry)] : [];
  });
  const byRef = new Map([...components, ...extra].map((component) => [component["bom-ref"], component]));
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: serialOf(text),
    version: 1,
    metadata: {
      component: {
        type: "application",
        "bom-ref": `${lock.name}@${lock.version}`,
        name: lock.name,
        version: lock.version,
        licenses: [{ license: { id: lock.packages[""]?.license ?? "Apache-2.0" } }],
        purl: `pkg:npm/${lock.name}@${lock.version}`,
      },
      properties: [{ name: "infirmary:made-from", value: "package-lock.json" }],
    },
    components: [...byRef.values()].sort((a, b) => (a["bom-ref"] < b["bom-ref"] ? -1 : 1)),
    dependencies: dependenciesOf(lock, paths),
  };
}

function componentOf(path: string, entry: LockedPackage): Component {
  const full = nameOf(path, entry);
  const [group, name] = full.startsWith("@") ? full.split("/") : [undefined, full];
  const hash = /^sha512-(.+)$/.exec(entry.integrity ?? "")?.[1];
  return {
    type: "library",
    "bom-ref": refOf(path, entry),
    ...(group ? { group } : {}),
    name: name ?? full,
    version: entry.version ?? "",
    scope: entry.dev ? "excluded" : entry.optional ? "optional" : "required",
    ...(hash ? { hashes: [{ alg: "SHA-512" as const, content: Buffer.from(hash, "base64").toString("hex") }] } : {}),
    ...(entry.license ? { licenses: [licenceOf(entry.license)] as Component["licenses"] } : {}),
    purl: `pkg:npm/${full.replace("@", "%40")}@${entry.version}`,
  };
}

/** An SPDX id, an expression of several, or whatever the package says. */
function licenceOf(text: string) {
  if (/^[A-Za-z0-9.+-]+$/.test(text))
    return text.startsWith("UNLICENSED") ? { license: { name: text } } : { license: { id: text } };
  return / (AND|OR|WITH) /.test(text) ? { expression: text } : { license: { name: text } };
}

/** As Node finds them: the nearest node_modules on the way up. */
function dependenciesOf({ name, version, packages }: LockFile, paths: string[]): Bom["dependencies"] {
  const found = new Map<string, Set<string>>();
  for (const path of ["", ...paths]) {
    const entry = packages[path];
    if (!entry) continue;
    const ref = path === "" ? `${name}@${version}` : refOf(path, entry);
    const needs = found.get(ref) ?? new Set();
    found.set(ref, needs);
    for (const wanted of Object.keys({
      ...entry.dependencies,
      ...entry.optionalDependencies,
      ...entry.peerDependencies,
    })) {
      const at = resolve(packages, path, wanted);
      const target = at === undefined ? undefined : packages[at];
      if (at !== undefined && target?.version) needs.add(refOf(at, target));
    }
  }
  return [...found]
    .map(([ref, needs]) => ({ ref, dependsOn: [...needs].sort() }))
    .sort((a, b) => (a.ref < b.ref ? -1 : 1));
}

function resolve(packages: LockFile["packages"], from: string, wanted: string): string | undefined {
  for (let folder = from; ; folder = folder.includes("/") ? folder.slice(0, folder.lastIndexOf("/")) : "") {
    const path = `${folder === "" ? "" : `${folder}/`}node_modules/${wanted}`;
    const entry = packages[path];
    if (entry) return entry.link ? entry.resolved : path;
    if (folder === "") return undefined;
  }
}

function nameOf(path: string, entry: LockedPackage): string {
  return entry.name ?? path.slice(path.lastIndexOf("node_modules/") + (path.includes("node_modules/") ? 13 : 0));
}

const refOf = (path: string, entry: LockedPackage) => `${nameOf(path, entry)}@${entry.version}`;

/** A UUID (version 8) of the text's hash. */
function serialOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

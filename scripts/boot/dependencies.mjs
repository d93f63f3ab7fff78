import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { nodeThatStays } from "./node-that-stays.mjs";
import { step } from "./progress.mjs";
import { runLogged } from "./run-logged.mjs";
import { runtimePath } from "./runtime.mjs";

/**
 * Installs what package-lock.json names, unless it is installed already. Install scripts are off (a package's script
 * may fetch from anywhere) except those that package.json allows.
 * @param {string} root
 * @param {string} log where npm's own output goes
 */
export async function ensureDependencies(root, log) {
  const stamp = join(root, "node_modules", ".infirmary", "dependencies");
  const wanted = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  if (!isInstalled(root)) {
    await step(
      "Dependencies",
      async () => {
        const what = "The dependencies could not be installed";
        const node = nodeThatStays(root);
        const env = { NODE_ENV: undefined, npm_config_loglevel: "warn", PATH: node.path };
        const options = { cwd: root, log, what, env };
        const npm = npmOn(node.program);
        try {
          await runLogged([...npm, "ci", "--ignore-scripts", "--include=dev", "--no-audit", "--no-fund"], options);
          await runLogged([...npm, "rebuild", ...allowedScripts(root)], options);
        } finally {
          node.discard();
        }
      },
      () => "installed",
    );
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}

/**
 * Compares the lock file with the one npm leaves in node_modules, so that a tree that somebody just brought up to date
 * with `npm install` is not thrown away.
 * @param {string} root
 */
function isInstalled(root) {
  const hidden = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(hidden) || !existsSync(runtimePath(root))) return false;
  const installed = packagesOf(hidden);
  return Object.entries(packagesOf(join(root, "package-lock.json"))).every(
    ([path, { version, optional, link }]) =>
      !path.startsWith("node_modules/") || optional || link || installed[path]?.version === version,
  );
}

/**
 * @param {string} lockFile
 * @returns {Record<string, { version?: string, optional?: boolean, link?: boolean }>}
 */
function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, "utf8")).packages;
}

/** The installed ones among the packages whose install scripts package.json allows. @param {string} root */
function allowedScripts(root) {
  /** @type {Record<string, boolean>} */
  const allowed = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).allowScripts;
  return Object.keys(allowed).filter((name) => allowed[name] && existsSync(join(root, "node_modules", name)));
}

/** The npm that called us, so that a machine with several is not surprised; else the one on the path. @param {string} node */
function npmOn(node) {
  const cli = process.env.npm_execpath;
  return cli && basename(cli) === "npm-cli.js" ? [node, cli] : ["npm"];
}

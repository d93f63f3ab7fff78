// Lists what the addon is made of, for binding.gyp and for the stamp of build.mjs.
//   (nothing)        the C and C++ sources, one a line, relative to the package
//   --headers        compiler flags for the Node-API headers, as system headers: our warnings are for our code
//   --include-dirs   the same folders alone
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const require = createRequire(import.meta.url);

/** The folders of the two header packages from the registry. */
export function headerFolders() {
  return ["node-api-headers", "node-addon-api"].map((name) => {
    const folder = dirname(require.resolve(`${name}/package.json`));
    return name === "node-api-headers" ? join(folder, "include") : folder;
  });
}

/** The compiled sources of the addon, sorted, with forward slashes. */
export function addonSources() {
  return listFiles(/^(src\/[^/]+\/[^/]+\.c|binding\/[^/]+\.cc)$/);
}

/** Everything whose change makes the built addon stale, with its bytes. */
export function buildInputs() {
  return listFiles(buildInput).map((path) => ({ path, bytes: readFileSync(join(root, path)) }));
}

const buildInput =
  /^(src\/.+\.(c|h|inc)|include\/.+\.h|binding\/.+\.(cc|h)|binding\.gyp|gyp\/.+\.gypi|scripts\/(build|sources)\.mjs)$/;

/** Paths of files under the package that match, sorted. (Node 20, which may start the set-up, has no globSync.) */
function listFiles(pattern) {
  const found = ["src", "include", "binding", "gyp", "scripts"].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((name) => `${folder}/${name.replaceAll("\\", "/")}`),
  );
  return [...found, "binding.gyp"].filter((path) => pattern.test(path)).sort();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const mode = process.argv[2];
  if (mode === "--headers")
    process.stdout.write(
      headerFolders()
        .map((folder) => `-isystem ${folder}`)
        .join("\n"),
    );
  else if (mode === "--include-dirs") process.stdout.write(headerFolders().join("\n"));
  else process.stdout.write(addonSources().join("\n"));
}

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as glue from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";
import { WholeScriptPg } from "./whole-script-pg.ts";

/** What we use of it; the compiler's own declaration would bring all of a browser's globals along. */
declare const WebAssembly: {
  compile(bytes: Uint8Array): Promise<object>;
  instantiate(module: object, imports: Record<string, object>): Promise<{ exports: object }>;
};

let isLoaded = false;

/**
 * Prisma's schema engine, compiled to WebAssembly and run in this process. The native engine that `prisma migrate`
 * uses is downloaded at run time from outside the package registry, which a hospital's firewall does not let through.
 */
export async function withEngine<T>(ownerUrl: string, work: (engine: glue.SchemaEngine) => Promise<T>): Promise<T> {
  await load();
  // Our own pool, ended here: the engine's advisory lock lives as long as the connection that took it.
  const pool = new pg.Pool({ connectionString: ownerUrl });
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScriptPg(pool));
    const engine = await glue.SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter);
    try {
      return await work(engine);
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
}

/** Does by hand what a bundler does for `import "x.wasm"`, which Node does not yet do without a flag. */
async function load(): Promise<void> {
  if (isLoaded) return;
  const beside = createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm/schema_engine_bg");
  const module = await WebAssembly.compile(await readFile(join(dirname(beside), "schema_engine_bg.wasm")));
  const { exports } = await WebAssembly.instantiate(module, { "./schema_engine_bg.js": glue });
  // Both exist at run time and are missing from the package's types, which describe the bundled form.
  (glue as unknown as { __wbg_set_wasm(wasm: object): void }).__wbg_set_wasm(exports);
  (exports as { __wbindgen_start(): void }).__wbindgen_start();
  isLoaded = true;
}

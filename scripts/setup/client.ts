import { runLogged } from "../boot/run-logged.mjs";
import { inProject } from "./project.ts";
import { onceFor } from "./stamp.ts";

/** Generates the database client when the schema changed. @returns whether it was generated now */
export function generateClient(log: string): Promise<boolean> {
  const inputs = [
    inProject("packages/db/schema"),
    inProject("packages/db/prisma.config.ts"),
    inProject("node_modules/prisma/package.json"),
  ];
  return onceFor(inProject("packages/db/generated/.stamp"), inputs, () =>
    runLogged([process.execPath, inProject("node_modules/prisma/build/index.js"), "generate"], {
      cwd: inProject("packages/db"),
      log,
      what: "The database client could not be generated",
      env: {
        // Generating never runs the schema engine, but Prisma downloads it unless it is told where one is: any file does.
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
        PRISMA_HIDE_UPDATE_MESSAGE: "1",
        CHECKPOINT_DISABLE: "1",
      },
    }),
  );
}

import { runLogged } from "../boot/run-logged.mjs";
import { inProject } from "./project.ts";
import { onceFor } from "./stamp.ts";

/** Builds the portal for production when something it is made of changed. @returns whether it was built now */
export function buildPortal(log: string): Promise<boolean> {
  const inputs = ["apps/web", "packages/shared", "package-lock.json", "tsconfig.base.json"].map((path) =>
    inProject(path),
  );
  const stamp = inProject("apps/web/.next/.stamp");
  return onceFor(stamp, inputs, async () => {
    await runLogged([process.execPath, inProject("node_modules/next/dist/bin/next"), "build"], {
      cwd: inProject("apps/web"),
      log,
      what: "The portal could not be built",
      env: { NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    });
  });
}

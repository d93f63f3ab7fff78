import { runLogged } from "../boot/run-logged.mjs";
import { inProject, root } from "./project.ts";

/** Loads the demo hospital unless it is there. @returns the loader's own line about it */
export async function loadDemo(env: Record<string, string>, log: string): Promise<string> {
  const command = [process.execPath, inProject("apps/api/src/demo/main.ts")];
  const said = await runLogged(command, { cwd: root, log, env, what: "The demo data could not be loaded" });
  return said.trim().split("\n").at(-1) ?? "";
}

/** The people of the demo hospital, as issue and README print them. */
export const demoLogins = [
  ["admin", "admin123!", "administrator"],
  ["dr.smith", "doctor123!", "doctor"],
  ["nurse.jane", "nurse123!", "nurse"],
  ["lab.tech", "lab123!", "laboratory"],
  ["billing.clerk", "billing123!", "billing"],
  ["privacy.officer", "privacy123!", "privacy officer"],
] as const;

/**
 * `npm start` loads demo data unless told otherwise; where the operator says production without asking for it, known
 * passwords would be a way in, so it does not.
 */
export function wantsDemo(env: { NODE_ENV?: string | undefined; INFIRMARY_DEMO?: string | undefined }): boolean {
  return env.INFIRMARY_DEMO === undefined ? env.NODE_ENV !== "production" : env.INFIRMARY_DEMO === "1";
}

import { runLogged } from "../boot/run-logged.mjs";
import { aloneInCheckout } from "./checkout-lock.ts";
import { inProject, root } from "./project.ts";

/** Builds the native addon when its sources changed. @returns whether it was built now */
export async function buildAddon(log: string): Promise<boolean> {
  const command = [process.execPath, inProject("packages/native/scripts/build.mjs")];
  const said = await aloneInCheckout(() =>
    runLogged(command, { cwd: root, log, what: "The native addon could not be built" }),
  );
  return !said.includes("up to date");
}

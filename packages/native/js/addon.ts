// Loads the compiled addon once. Only the front door of each library (js/<lib>.ts) reads it.
import { createRequire } from "node:module";

const path = "../build/Release/infirmary.node";

/** What binding/addon.cc hands out: one object a library. Each front door narrows its own to the functions it has. */
export const addon: Readonly<Record<string, unknown>> = load();

function load(): Record<string, unknown> {
  try {
    return createRequire(import.meta.url)(path);
  } catch (cause) {
    throw new Error("The native addon is missing or does not load: run `npm run build -w @infirmary/native`.", {
      cause,
    });
  }
}

// The worker thread of validateAsync: bytes in, a report out, one after the other.
import { parentPort } from "node:worker_threads";
import { Hl7Error } from "./hl7-error.ts";
import type { Hl7ValidateOptions } from "./hl7-validate.ts";
import { validateAll } from "./hl7-validate-all.ts";
import type { Hl7WorkerAnswer } from "./hl7-validate-async.ts";

parentPort?.on("message", ({ bytes, options }: { bytes: Uint8Array; options: Hl7ValidateOptions }) => {
  parentPort?.postMessage(answer(bytes, options));
});

function answer(bytes: Uint8Array, options: Hl7ValidateOptions): Hl7WorkerAnswer {
  try {
    return { report: validateAll(bytes, options) };
  } catch (error) {
    const code = error instanceof Hl7Error && error.code === "file-too-big" ? error.code : "worker-failed";
    return { code, message: error instanceof Error ? error.message : String(error) };
  }
}

import type { ProcessName } from "@infirmary/shared/system";
import { listRunning } from "../load-store.ts";
import { type Look, partOf } from "./part.ts";

const names: Record<ProcessName, { code: string; name: string }> = {
  api: { code: "api", name: "API" },
  worker: { code: "worker", name: "Worker" },
  mllp: { code: "mllp", name: "HL7 listener" },
};
const failureShareMax = 0.01;

/** Whether processes of a kind told of themselves in the last minutes, and how many of their calls failed. */
export const lookAtProcess =
  (process: ProcessName): Look =>
  async ({ connection }) => {
    const running = (await listRunning(connection)).filter((one) => one.process === process);
    const part = names[process];
    if (running.length === 0) {
      // A listener is an installation's choice.
      if (process === "mllp") return null;
      const says = "None has told of itself in the last three minutes.";
      return partOf(part, "attention", says, "One that has just begun is seen within a minute; else look at its log.");
    }
    const calls = running.reduce((sum, one) => sum + one.calls, 0);
    const failures = running.reduce((sum, one) => sum + one.failures, 0);
    const count = `${running.length} ${running.length === 1 ? "process" : "processes"}`;
    if (failures > calls * failureShareMax)
      return partOf(
        part,
        "attention",
        `${count}; ${failures} of ${calls} calls failed in the last minutes.`,
        "Look at its log for the errors; each has the request's number.",
      );
    const versions = new Set(running.map(({ version }) => version));
    if (versions.size > 1)
      return partOf(part, "attention", `${count} of ${versions.size} versions.`, "Finish the change of version.");
    return partOf(part, "ok", `${count}, version ${[...versions][0]}.`);
  };

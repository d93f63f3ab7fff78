import type { SystemStatus } from "@infirmary/shared/system";
import type { Work } from "../../core/unit-of-work.ts";
import { listRunning } from "./load-store.ts";
import { lookAtMonths, lookAtSeals } from "./parts/audit.ts";
import { lookAtClock, lookAtDatabase } from "./parts/database.ts";
import { lookAtJobs } from "./parts/jobs.ts";
import { lookAtBackup, lookAtCertificate, lookAtDisk } from "./parts/machine.ts";
import type { Look } from "./parts/part.ts";
import { lookAtProcess } from "./parts/processes.ts";

const looks: readonly Look[] = [
  lookAtDatabase,
  lookAtProcess("api"),
  lookAtProcess("worker"),
  lookAtProcess("mllp"),
  lookAtJobs,
  lookAtSeals,
  lookAtMonths,
  lookAtDisk,
  lookAtBackup,
  lookAtClock,
  lookAtCertificate,
];
const worst = { ok: 0, attention: 1, bad: 2 };

/** How the installation is, part by part; what is worst says how the whole is. */
export async function systemStatus(work: Work): Promise<SystemStatus> {
  const parts = [];
  // One after the other: they share the transaction's connection.
  for (const look of looks) {
    const part = await look(work);
    if (part) parts.push(part);
  }
  const state = parts.reduce<SystemStatus["state"]>(
    (sofar, part) => (worst[part.state] > worst[sofar] ? part.state : sofar),
    "ok",
  );
  const processes = await listRunning(work.connection);
  return { state, at: work.now.toISOString(), parts, processes };
}

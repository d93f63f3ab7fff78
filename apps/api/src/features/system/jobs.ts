import type { JobOverview } from "@infirmary/shared/system";
import { AppError } from "../../core/app-error.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { countJobs, holdJob, listJobs, removeJob, repeatJob } from "./job-store.ts";

const listMax = 100;

/** The queue: how many wait, work and failed, and the first hundred. */
export async function jobOverview({ connection, scope: { tenantId } }: Work): Promise<JobOverview> {
  const counted = await countJobs(connection, tenantId);
  return { ...counted, items: await listJobs(connection, tenantId, listMax) };
}

/** Runs a job now, with all its attempts again. @throws AppError `not-found`, `wrong-transition` while it is at work */
export async function retryJob(work: Work, { id }: { id: string }): Promise<void> {
  const { task } = await idleJob(work, id);
  await repeatJob(work.connection, id);
  work.audit({ action: "job.retry", entity: "job", entityId: id, outcome: "success", reason: task });
}

/** Takes a job out of the queue for good. @throws AppError `not-found`, `wrong-transition` while it is at work */
export async function discardJob(work: Work, { id }: { id: string }): Promise<void> {
  const { task } = await idleJob(work, id);
  await removeJob(work.connection, id);
  work.audit({ action: "job.discard", entity: "job", entityId: id, outcome: "success", reason: task });
}

async function idleJob({ connection, scope }: Work, id: string): Promise<{ task: string }> {
  const job = await holdJob(connection, scope.tenantId, id);
  if (!job) throw new AppError("not-found");
  if (job.isRunning) throw new AppError("wrong-transition", { detail: "The job is at work. Wait until it ends." });
  return job;
}

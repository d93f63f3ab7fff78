import { countJobs } from "../job-store.ts";
import { type Look, partOf, spell } from "./part.ts";

const part = { code: "jobs", name: "Jobs" };
const waitSecondsMax = 120;

/** Whether jobs are done in time, and none has given up. */
export const lookAtJobs: Look = async ({ connection, scope }) => {
  const { counts, oldestWaitSeconds } = await countJobs(connection, scope.tenantId);
  if (counts.failed > 0)
    return partOf(
      part,
      "attention",
      `${counts.failed} ${counts.failed === 1 ? "has" : "have"} given up.`,
      "See below why; repeat or discard them.",
    );
  if (oldestWaitSeconds > waitSecondsMax)
    return partOf(
      part,
      "attention",
      `The oldest has waited ${spell(oldestWaitSeconds)} past its time.`,
      "Look whether the worker runs.",
    );
  const due = counts.waiting + counts.retrying;
  return partOf(part, "ok", due === 0 ? "Nothing waits." : `${due} ${due === 1 ? "waits" : "wait"} for its time.`);
};

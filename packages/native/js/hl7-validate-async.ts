import { Worker } from "node:worker_threads";
import { checkBytes } from "./hl7-binding.ts";
import { Hl7Error } from "./hl7-error.ts";
import { checkProfile, type Hl7ValidateOptions } from "./hl7-validate.ts";
import { type Hl7FileReport, validateAll } from "./hl7-validate-all.ts";

/** Inputs up to this size are worked at once: they take a millisecond, which handing them over would take too. */
const ASYNC_BYTES = 256 * 1024;
/** A worker that had nothing to do for so long ends. */
const IDLE_MS = 5_000;

interface Job {
  readonly bytes: Uint8Array;
  readonly options: Hl7ValidateOptions;
  readonly resolve: (report: Hl7FileReport) => void;
  readonly reject: (error: unknown) => void;
}

/** What comes back for a job. */
export type Hl7WorkerAnswer = { report: Hl7FileReport } | { code: "file-too-big" | "worker-failed"; message: string };

let worker: Worker | undefined;
let idle: NodeJS.Timeout | undefined;
/** In the order in which the worker was given them, which is the order of its answers. */
const jobs: Job[] = [];

/**
 * Does what `validateAll` does, off the event loop where the input is larger than 256 KB: on a worker thread, one input after
 * the other. The bytes are copied; what the caller does to them afterwards changes nothing.
 * @throws Hl7Error as `validateAll`, and `worker-failed` when the thread could not do it (no memory for it, for one).
 */
export async function validateAsync(bytes: Uint8Array, options: Hl7ValidateOptions = {}): Promise<Hl7FileReport> {
  checkBytes(bytes);
  const profile = checkProfile(options);
  if (bytes.length <= ASYNC_BYTES) return validateAll(bytes, { profile });
  // The copy is handed over, not copied again; and it is nothing that another part of the process could write to.
  const copy = new Uint8Array(bytes);
  return new Promise((resolve, reject) => {
    try {
      post({ bytes: copy, options: { profile }, resolve, reject });
    } catch (cause) {
      reject(failure(cause));
    }
  });
}

function post(job: Job): void {
  clearTimeout(idle);
  worker ??= start();
  worker.ref();
  worker.postMessage({ bytes: job.bytes, options: job.options }, [job.bytes.buffer as ArrayBuffer]);
  jobs.push(job);
}

function start(): Worker {
  const started = new Worker(new URL("./hl7-worker.ts", import.meta.url));
  started.on("message", (answer: Hl7WorkerAnswer) => {
    const job = jobs.shift();
    if ("report" in answer) job?.resolve(answer.report);
    else job?.reject(new Hl7Error(answer.code, answer.message));
    if (jobs.length === 0) rest(started);
  });
  started.once("error", (cause) => end(started, cause));
  started.once("exit", () => end(started, undefined));
  return started;
}

/** Nothing to do: the worker keeps no process alive, and ends after a while. */
function rest(resting: Worker): void {
  resting.unref();
  idle = setTimeout(() => {
    if (worker === resting) worker = undefined;
    void resting.terminate();
  }, IDLE_MS).unref();
}

/** The worker is gone: what it was given and did not answer has failed. The next input gets another one. */
function end(ended: Worker, cause: unknown): void {
  if (worker !== ended) return;
  worker = undefined;
  clearTimeout(idle);
  for (const { reject } of jobs.splice(0)) reject(failure(cause));
}

function failure(cause: unknown): Hl7Error {
  return new Hl7Error("worker-failed", "The thread that reads large files could not do it.", {}, { cause });
}

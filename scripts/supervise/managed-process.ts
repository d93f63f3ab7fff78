import { type ChildProcess, spawn } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { Backoff } from "./backoff.ts";
import { LogFile } from "./log-file.ts";

/** How to run one of the product's processes. */
export interface ProcessSpec {
  name: string;
  /** Program and arguments. */
  command: string[];
  cwd: string;
  env: Record<string, string | undefined>;
  /** Where its output goes. */
  logFile: string;
  /** False for a process that does not say when it is ready: started then counts as ready. Default: true. */
  saysReady?: boolean;
  /** Ends before the first readiness that make `start()` give up. Default: 3. */
  startsMax?: number;
  /** Also shows its output on this screen. Default: false. */
  isShown?: boolean;
  /** Told when the process ended by itself and when it is back. */
  notify(text: string): void;
}

const READY_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 5000;
const TAIL_LINES = 15;

/** One process that is kept running: started again whenever it ends, until it is told to stop. */
export class ManagedProcess {
  private readonly spec: ProcessSpec;
  private readonly log: LogFile;
  private readonly backoff = new Backoff();
  private readonly stopping = new AbortController();
  private child: ChildProcess | undefined;
  private wasReady = false;
  private tail: string[] = [];

  constructor(spec: ProcessSpec) {
    this.spec = spec;
    this.log = new LogFile(spec.logFile);
  }

  /** The process id, for tests and messages; changes at every restart. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Starts it; settles when it is ready. @throws Error with its last lines when it keeps ending before that */
  start(): Promise<void> {
    return new Promise((resolve, reject) => {
      void this.keepRunning(resolve, reject);
    });
  }

  /** Asks it to end (SIGTERM), ends it after five seconds, and does not start it again. */
  async stop(): Promise<void> {
    this.stopping.abort();
    const { child } = this;
    if (child && isRunning(child)) {
      const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
      signalGroup(child, "SIGTERM");
      const isOver = await Promise.race([ended.then(() => true), sleep(STOP_TIMEOUT_MS, false, { ref: false })]);
      if (!isOver) signalGroup(child, "SIGKILL");
      await ended;
    }
    this.log.close();
  }

  private async keepRunning(resolve: () => void, reject: (error: Error) => void): Promise<void> {
    const { name, notify, startsMax = 3 } = this.spec;
    for (let starts = 1; !this.stopping.signal.aborted; starts += 1) {
      const startedAt = performance.now();
      const reason = await this.runOnce(() => {
        if (this.wasReady) notify(`${name} is back.`);
        this.wasReady = true;
        resolve();
      });
      if (this.stopping.signal.aborted) return;
      if (!this.wasReady && starts >= startsMax) {
        reject(new Error(`${name} does not start (${reason}):\n\n${this.tail.join("\n")}`));
        return;
      }
      const waitMs = this.backoff.next(performance.now() - startedAt);
      if (this.wasReady) notify(`${name} ended (${reason}); it is started again.`);
      await sleep(waitMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  /** Runs it to its end. @returns how it ended, in words */
  private runOnce(onReady: () => void): Promise<string> {
    const { command, cwd, env, saysReady = true } = this.spec;
    const [program = "", ...args] = command;
    // A session of its own: Ctrl-C must reach the supervisor alone, which stops the processes in order. The channel
    // tells the process when the supervisor is gone.
    const child = spawn(program, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe", "ipc"] });
    this.child = child;
    child.stdout?.on("data", (chunk: Buffer) => this.keep(chunk));
    child.stderr?.on("data", (chunk: Buffer) => this.keep(chunk));
    const patience = setTimeout(() => {
      this.keep(Buffer.from(`not ready after ${READY_TIMEOUT_MS / 1000} s\n`));
      signalGroup(child, "SIGKILL");
    }, READY_TIMEOUT_MS);
    const ready = () => {
      clearTimeout(patience);
      onReady();
    };
    child.on("message", (message) => {
      if (isReadyMessage(message)) ready();
    });
    if (!saysReady) child.once("spawn", ready);
    return new Promise((resolve) => {
      const end = (reason: string) => {
        clearTimeout(patience);
        resolve(reason);
      };
      child.once("error", (error) => end(error.message));
      child.once("exit", (code, signal) => end(signal ?? `exit code ${code}`));
    });
  }

  private keep(chunk: Buffer): void {
    this.log.write(chunk);
    if (this.spec.isShown) process.stdout.write(chunk);
    this.tail = [...this.tail, ...chunk.toString("utf8").split("\n").filter(Boolean)].slice(-TAIL_LINES);
  }
}

function isReadyMessage(message: unknown): boolean {
  return typeof message === "object" && message !== null && "ready" in message && message.ready === true;
}

function isRunning(child: ChildProcess): boolean {
  return child.pid !== undefined && child.exitCode === null && child.signalCode === null;
}

/** Signals the process and what it started itself (a compiler's workers, a watcher's child). */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

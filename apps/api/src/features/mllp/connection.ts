import type { Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { hl7 } from "@infirmary/native";
import type { MllpLimits, RateLimit } from "./limits.ts";

export type ConnectionOptions = {
  limits: MllpLimits;
  rate: RateLimit;
  /** The acknowledgements of a message; null: it cannot be answered. */
  take(bytes: Uint8Array): Promise<Uint8Array[] | null>;
  /** Told once, why it ended. */
  onEnd(reason: EndReason): void;
};
export type EndReason =
  | "closed"
  | "idle"
  | "frame-too-slow"
  | "frame-invalid"
  | "unanswerable"
  | "acks-not-read"
  | "unavailable"
  | "displaced"
  | "stopped";

const [fs, cr] = [0x1c, 0x0d];

/**
 * One MLLP connection. One message is at work at a time: the socket is not read while its answer is due, so a fast sender is held back
 * by TCP and not by memory.
 */
export class MllpConnection {
  readonly openedAt = performance.now();
  /** Messages answered. */
  answered = 0;
  lastAnsweredAt = 0;
  private readonly socket: Socket;
  private readonly options: ConnectionOptions;
  private readonly framer: InstanceType<typeof hl7.Framer>;
  private frameTimer: NodeJS.Timeout | null = null;
  private isOver = false;
  private working: Promise<void> | null = null;

  constructor(socket: Socket, options: ConnectionOptions) {
    this.socket = socket;
    this.options = options;
    this.framer = new hl7.Framer({ bytesMax: options.limits.frameBytesMax });
    socket.setNoDelay(true);
    socket.setTimeout(options.limits.idleTimeoutMs, () => this.end("idle"));
    socket.on("error", () => this.end("closed"));
    socket.on("close", () => this.end("closed"));
    socket.on("data", (chunk: Buffer) => this.read(chunk));
  }

  /** Ends it at once; what is being filed is filed, and the sender, unanswered, sends it again. */
  end(reason: EndReason): void {
    if (this.isOver) return;
    this.isOver = true;
    if (this.frameTimer) clearTimeout(this.frameTimer);
    this.socket.destroy();
    this.options.onEnd(reason);
  }

  /** Lets the message at work be answered, then ends. */
  async finish(): Promise<void> {
    this.socket.pause();
    await this.working;
    this.end("stopped");
  }

  private read(chunk: Buffer): void {
    if (this.isOver) return;
    const messages = this.framer.push(chunk);
    this.watchFrame(chunk, messages.length > 0);
    const isBroken = this.framer.fault !== null;
    if (messages.length === 0) {
      if (isBroken) this.end("frame-invalid");
      return;
    }
    this.socket.pause();
    this.working = this.answerAll(messages).then(() => {
      this.working = null;
      if (isBroken) this.end("frame-invalid");
      else if (!this.isOver) this.socket.resume();
    });
  }

  /** A frame that has begun must end in time, however its bytes trickle in. */
  private watchFrame(chunk: Buffer, hasEnded: boolean): void {
    const isBetween =
      chunk.at(-1) === cr && (chunk.length > 1 ? chunk.at(-2) === fs : this.frameTimer === null || hasEnded);
    if (this.frameTimer && (hasEnded || isBetween)) {
      clearTimeout(this.frameTimer);
      this.frameTimer = null;
    }
    if (!isBetween && !this.frameTimer)
      this.frameTimer = setTimeout(() => this.end("frame-too-slow"), this.options.limits.frameTimeoutMs);
  }

  private async answerAll(messages: readonly Uint8Array[]): Promise<void> {
    for (const message of messages) {
      const waitMs = this.options.rate.take();
      if (waitMs > 0) await sleep(waitMs);
      if (this.isOver) return;
      const answers = await this.options.take(message).catch(() => "failed" as const);
      if (this.isOver) return;
      if (answers === "failed") return this.end("unavailable");
      if (answers === null) return this.end("unanswerable");
      for (const answer of answers) if (!(await this.write(hl7.frame(answer)))) return this.end("acks-not-read");
      this.answered++;
      this.lastAnsweredAt = performance.now();
    }
  }

  /** Whether the bytes are on their way before a sender that does not read is given up. */
  private async write(bytes: Uint8Array): Promise<boolean> {
    if (this.socket.write(bytes)) return true;
    const patience = new AbortController();
    const drained = new Promise<boolean>((resolve) => {
      this.socket.once("drain", () => resolve(true));
      this.socket.once("close", () => resolve(false));
    });
    const given = sleep(this.options.limits.frameTimeoutMs, false, { signal: patience.signal }).catch(() => false);
    const isRead = await Promise.race([drained, given]);
    patience.abort();
    return isRead;
  }
}

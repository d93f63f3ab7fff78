import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { hl7 } from "@infirmary/native";
import { newId } from "../src/core/id.ts";
import { defaultLimits, type Listener, listenMllp, type MllpLimits } from "../src/features/mllp/index.ts";
import type { Api } from "./harness.ts";

/** A partner of the home tenant whose plain connections of this machine are taken. */
export async function seedPartner(
  api: Api,
  changes: Record<string, unknown> = {},
): Promise<{ id: string; name: string }> {
  const partner = {
    id: newId(),
    name: "Analyser 1",
    senders: [],
    is_tolerant: false,
    fingerprint: "loopback",
    ...changes,
  };
  await api.owner.query("INSERT INTO partner (tenant_id, id, name, senders, is_tolerant) VALUES ($1, $2, $3, $4, $5)", [
    api.home.id,
    partner.id,
    partner.name,
    partner.senders,
    partner.is_tolerant,
  ]);
  await api.owner.query("INSERT INTO partner_certificate (tenant_id, fingerprint, partner_id) VALUES ($1, $2, $3)", [
    api.home.id,
    partner.fingerprint,
    partner.id,
  ]);
  return partner;
}

/** The listener on a free port of this machine. */
export function startMllp(
  api: Api,
  limits: Partial<MllpLimits> = {},
  tls: { key: string; cert: string; ca: string } | null = null,
): Promise<Listener> {
  return listenMllp(api.platform, {
    port: 0,
    host: "127.0.0.1",
    tls,
    limits: { ...defaultLimits, messagesPerSecond: 10_000, connectionsPerPeer: 64, ...limits },
  });
}

/** A sender that waits for each answer. */
export class Sender {
  readonly socket: Socket;
  private readonly framer = new hl7.Framer();
  private readonly answers: string[] = [];
  private wake = () => {};
  isClosed = false;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on("data", (chunk: Buffer) => {
      for (const message of this.framer.push(chunk)) this.answers.push(Buffer.from(message).toString());
      this.wake();
    });
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.isClosed = true;
      this.wake();
    });
  }

  static async connect(port: number, localAddress?: string): Promise<Sender> {
    const socket = connect({ port, host: "127.0.0.1", ...(localAddress ? { localAddress } : {}) });
    await once(socket, "connect");
    return new Sender(socket);
  }

  /** Sends a message in a frame and answers the next acknowledgement; null where the connection is closed instead. */
  send(message: string | Uint8Array): Promise<string | null> {
    this.socket.write(hl7.frame(typeof message === "string" ? Buffer.from(message) : message));
    return this.next();
  }

  /** The next acknowledgement; null once the connection is closed. */
  async next(): Promise<string | null> {
    while (this.answers.length === 0 && !this.isClosed)
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    return this.answers.shift() ?? null;
  }

  close(): void {
    this.socket.destroy();
  }
}

/** Code, answered number, and the error numbers and places of an acknowledgement. */
export function readAck(ack: string | null) {
  const lines = (ack ?? "").split("\r");
  const field = (line: string | undefined, n: number) => line?.split("|")[n] ?? "";
  const msa = lines.find((line) => line.startsWith("MSA"));
  return {
    code: field(msa, 1),
    answers: field(msa, 2),
    errors: lines
      .filter((line) => line.startsWith("ERR"))
      .map((line) => ({
        at: field(line, 2),
        number: Number(field(line, 3).split("^")[0]),
        severity: field(line, 4),
      })),
  };
}

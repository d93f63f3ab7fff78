import { createServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TLSSocket } from "node:tls";
import { newId } from "../../core/id.ts";
import type { Platform } from "../../core/platform.ts";
import { inWork } from "../../core/unit-of-work.ts";
import { findCertificate, findInbound, type InboundPartner, storeLink } from "../partner/index.ts";
import { MllpConnection } from "./connection.ts";
import { type MllpLimits, RateLimit } from "./limits.ts";
import { MessageIntake } from "./take-message.ts";

export type ListenerOptions = {
  port: number;
  /** A loopback address where there is no TLS. */
  host: string;
  limits: MllpLimits;
  /** PEM texts: our key and certificate, and the private authority that signs the partners'. Null: plain, on loopback only. */
  tls: { key: string; cert: string; ca: string } | null;
};
export type Listener = { port: number; close(): Promise<void> };

type Open = { connection: MllpConnection; partner: InboundPartner; peer: string };

const handshakeMs = 5_000;
const linkMs = 5_000;
/** Sockets that have not shown who they are yet, and all others: the process is not to run out of files. */
const socketsMax = 2_000;

/**
 * Listens for HL7 over MLLP. Who connects is known by its certificate's fingerprint before a byte is read; a certificate that is no
 * partner's is closed without a word. Where a tenant or a peer has all its connections, one that never delivered anything gives way to
 * the new one, the oldest first; where all have delivered, the new one is closed.
 */
export async function listenMllp(platform: Platform, options: ListenerOptions): Promise<Listener> {
  const intake = new MessageIntake(platform);
  const open = new Set<Open>();
  const rates = new Map<string, RateLimit>();
  const { limits, tls } = options;

  // First come, first served: how long it took to look up whose certificate it is does not decide who gets the last place.
  let line: Promise<void> = Promise.resolve();
  const welcome = (socket: Socket, fingerprint: string) => {
    // Nothing is read until it is known whom from.
    socket.pause();
    socket.on("error", () => socket.destroy());
    const found = partnerOf(platform, fingerprint).catch(() => null);
    line = line.then(async () => enter(socket, fingerprint, await found));
  };
  const enter = (socket: Socket, fingerprint: string, partner: InboundPartner | null) => {
    const ip = socket.remoteAddress ?? null;
    const peer = `${fingerprint}|${ip}`;
    if (!partner || socket.destroyed || !makeRoom(open, { partner, peer }, limits)) {
      platform.log.warn({ ip, code: partner ? "mllp-full" : "mllp-unknown-peer" }, "connection refused");
      socket.destroy();
      return;
    }
    const rate = rates.get(peer) ?? new RateLimit(limits.messagesPerSecond);
    rates.set(peer, rate);
    const connection = new MllpConnection(socket, {
      limits,
      rate,
      take: (bytes) => platform.meter.measure("mllp.message", () => intake.take(partner, bytes, ip)),
      onEnd: (reason) => {
        open.delete(entry);
        if (![...open].some((one) => one.peer === peer)) rates.delete(peer);
        platform.log.info({ partner: partner.id, ip, reason, answered: connection.answered }, "connection ended");
      },
    });
    const entry: Open = { connection, partner, peer };
    open.add(entry);
    socket.resume();
  };

  const server = tls
    ? createTlsServer(
        { ...tls, requestCert: true, rejectUnauthorized: true, minVersion: "TLSv1.2", handshakeTimeout: handshakeMs },
        (socket: TLSSocket) =>
          welcome(socket, socket.getPeerCertificate().fingerprint256?.replaceAll(":", "").toLowerCase() ?? ""),
      )
    : createServer((socket) => welcome(socket, "loopback"));
  server.maxConnections = socketsMax;
  server.on("tlsClientError", (error: NodeJS.ErrnoException) =>
    platform.log.warn({ code: error.code ?? "tls" }, "connection refused"),
  );
  await listening(server, options);
  // A partner that is changed or switched off connects again, as what it is now.
  const offEvent = platform.live.onEvent(({ name, tenantId }) => {
    if (name === "partner.changed")
      for (const one of open) if (one.partner.tenantId === tenantId) void one.connection.finish();
  });
  const links = keepLinks(platform, open);
  const address = server.address();
  return {
    port: typeof address === "object" && address ? address.port : options.port,
    async close() {
      offEvent();
      clearInterval(links);
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await Promise.all([...open].map(({ connection }) => connection.finish()));
      await closed;
    },
  };
}

function listening(server: Server, { port, host }: ListenerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, host }, () => resolve());
  });
}

async function partnerOf(platform: Platform, fingerprint: string): Promise<InboundPartner | null> {
  const owner = await findCertificate(platform.database.pool, { fingerprint });
  if (!owner) return null;
  const scope = { tenantId: owner.tenantId, actor: null, requestId: newId(), ip: null };
  return inWork(platform, scope, ({ connection }) =>
    findInbound(connection, { tenantId: owner.tenantId, id: owner.partnerId }),
  );
}

/** Whether there is, or can be made, a place for one more of the tenant and the peer. */
function makeRoom(open: ReadonlySet<Open>, { partner, peer }: Omit<Open, "connection">, limits: MllpLimits): boolean {
  const ofPeer = [...open].filter((one) => one.peer === peer);
  const ofTenant = [...open].filter((one) => one.partner.tenantId === partner.tenantId);
  return [
    { held: ofPeer, max: limits.connectionsPerPeer },
    { held: ofTenant, max: limits.connectionsPerTenant },
  ].every(({ held, max }) => {
    if (held.length < max) return true;
    const idle = held.find(({ connection }) => connection.answered === 0);
    idle?.connection.end("displaced");
    return idle !== undefined;
  });
}

/** Tells every few seconds how many connections each partner has, so that its screen can say whether it is there. */
function keepLinks(platform: Platform, open: ReadonlySet<Open>): NodeJS.Timeout {
  const told = new Map<string, InboundPartner>();
  return setInterval(() => {
    for (const { partner } of open) told.set(partner.id, partner);
    for (const partner of told.values()) {
      const connections = [...open].filter((one) => one.partner.id === partner.id).length;
      if (connections === 0) told.delete(partner.id);
      const { tenantId, id: partnerId } = partner;
      const scope = { tenantId, actor: null, requestId: newId(), ip: null };
      inWork(platform, scope, ({ connection }) => storeLink(connection, { tenantId, partnerId, connections })).catch(
        (error: unknown) => platform.log.warn({ err: error }, "link not told"),
      );
    }
  }, linkMs).unref();
}

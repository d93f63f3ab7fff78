import { Agent, createServer, type IncomingMessage, type Server } from "node:http";
import { addressesOf } from "../../setup/ports.ts";
import { forward, type Upstream } from "./forward.ts";
import { forwardUpgrade } from "./upgrade.ts";

export interface FrontDoorOptions {
  /** LISTEN_ADDRESS; `localhost` means both loopback addresses. */
  listenAddress: string;
  /** 0 takes any free one. */
  port: number;
  api: { host: string; port: number };
  portal: { host: string; port: number };
  /** What browsers see; `https` where a proxy in front ends TLS. */
  protocol: "http" | "https";
  /** Lets WebSockets through to the portal: the development server reloads pages by one. Default: false. */
  allowsUpgrade?: boolean;
}

export interface FrontDoor {
  port: number;
  close(): Promise<void>;
}

/** TRACE would echo a cookie back; CONNECT is for proxies. */
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
/** A page's request has no body to speak of; uploads go to the API, which sets its own limits. */
const PAGE_BODY_BYTES_MAX = 1024 * 1024;

/**
 * The one address that browsers see: `/trpc` and `/api/v1` go to the API, everything else to the portal's page server.
 * Limits as the API's own: 30 s to send a request, 15 s for its headers, 16 KiB of them.
 */
export async function openFrontDoor(options: FrontDoorOptions): Promise<FrontDoor> {
  const api = upstream(options.api, true);
  const portal = upstream(options.portal, false);
  const servers: Server[] = [];
  let { port } = options;
  for (const host of addressesOf(options.listenAddress)) {
    const server = createServer({
      requestTimeout: 30_000,
      headersTimeout: 15_000,
      keepAliveTimeout: 65_000,
      maxHeaderSize: 16 * 1024,
    });
    server.on("request", (request, response) => {
      if (!METHODS.has(request.method ?? "")) {
        response.writeHead(405, { connection: "close", allow: [...METHODS].join(", ") }).end();
        return;
      }
      const target = isForApi(request) ? api : portal;
      if (target === portal && hasLargeBody(request)) {
        response.writeHead(413, { connection: "close" }).end();
        return;
      }
      forward(request, response, target, options.protocol);
    });
    if (options.allowsUpgrade)
      server.on("upgrade", (request, socket, head) => forwardUpgrade(request, socket, head, portal));
    const bound = await listen(server, port, host);
    if (bound === undefined) continue;
    port = bound;
    servers.push(server);
  }
  return { port, close: () => closeAll(servers, [api.agent, portal.agent]) };
}

function upstream({ host, port }: { host: string; port: number }, isApi: boolean): Upstream {
  return { host, port, isApi, agent: new Agent({ keepAlive: true, maxFreeSockets: 64 }) };
}

function isForApi({ url = "" }: IncomingMessage): boolean {
  return /^\/(trpc|api\/v1)(?=[/?]|$)/.test(url);
}

/** Chunked bodies have no length; the portal takes none of them. */
function hasLargeBody({ headers }: IncomingMessage): boolean {
  return Number(headers["content-length"] ?? 0) > PAGE_BODY_BYTES_MAX || headers["transfer-encoding"] !== undefined;
}

/** Answers the port, or nothing on a machine without IPv6. */
function listen(server: Server, port: number, host: string): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (host === "::1" && error.code !== "EADDRINUSE") resolve(undefined);
      else reject(error);
    });
    server.listen({ port, host }, () => {
      const address = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

async function closeAll(servers: Server[], agents: Agent[]): Promise<void> {
  const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
  for (const server of servers) server.closeAllConnections();
  for (const agent of agents) agent.destroy();
  await Promise.all(closed);
}

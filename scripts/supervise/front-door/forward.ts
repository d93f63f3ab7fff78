import { type Agent, type IncomingMessage, type ServerResponse, request as send } from "node:http";
import { pipeline } from "node:stream";
import { endToEnd, requestHeaders } from "./headers.ts";
import { answerRestarting } from "./restarting-page.ts";

/** A server behind the front door. */
export interface Upstream {
  host: string;
  port: number;
  agent: Agent;
  /** True for the API, which programs talk to: failures are told as data. */
  isApi: boolean;
}

/**
 * Passes one request on and its answer back as it comes, byte for byte and unbuffered, so that event streams flow.
 * Either side going away ends the other. `protocol` is what the browser sees.
 */
export function forward(
  incoming: IncomingMessage,
  response: ServerResponse,
  { host, port, agent, isApi }: Upstream,
  protocol: "http" | "https",
): void {
  const { method, url: path } = incoming;
  const outgoing = send({ host, port, agent, method, path, headers: requestHeaders(incoming, protocol) });
  outgoing.once("response", (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, endToEnd(answer.headers));
    // An event stream's first event may be minutes away; the browser must know now that it is connected.
    response.flushHeaders();
    pipeline(answer, response, () => outgoing.destroy());
  });
  outgoing.once("error", () => {
    if (response.headersSent) response.destroy();
    else if (!response.destroyed) answerRestarting(response, isApi);
    incoming.resume();
  });
  response.once("close", () => outgoing.destroy());
  incoming.once("error", () => outgoing.destroy());
  incoming.pipe(outgoing);
}

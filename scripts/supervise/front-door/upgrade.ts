import { type IncomingMessage, request as send } from "node:http";
import type { Duplex } from "node:stream";
import type { Upstream } from "./forward.ts";
import { requestHeaders } from "./headers.ts";

/** Joins a browser's WebSocket to the development server; both ends live and die together. */
export function forwardUpgrade(
  incoming: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  { host, port }: Upstream,
): void {
  const { method, url: path } = incoming;
  const headers = { ...requestHeaders(incoming, "http"), connection: "upgrade", upgrade: incoming.headers.upgrade };
  const outgoing = send({ host, port, method, path, headers });
  outgoing.once("upgrade", (answer, far, farHead) => {
    const lines = answer.rawHeaders.flatMap((name, at, all) => (at % 2 ? [] : [`${name}: ${all[at + 1]}`]));
    socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join("\r\n")}\r\n\r\n`);
    socket.write(farHead);
    far.write(head);
    far.pipe(socket).pipe(far);
    far.on("error", () => socket.destroy());
    socket.on("error", () => far.destroy());
    far.on("close", () => socket.destroy());
    socket.on("close", () => far.destroy());
  });
  outgoing.once("response", () => socket.destroy());
  outgoing.once("error", () => socket.destroy());
  outgoing.end();
}

import { type AddressInfo, createServer } from "node:net";
import { PlainError } from "../boot/plain-error.mjs";

/** The addresses to listen on for LISTEN_ADDRESS: localhost means both of the machine's loopback addresses. */
export function addressesOf(listenAddress: string): string[] {
  return listenAddress === "localhost" ? ["127.0.0.1", "::1"] : [listenAddress];
}

/** The address that reaches a server listening on LISTEN_ADDRESS from this machine. */
export function reachable(listenAddress: string): string {
  return ["localhost", "0.0.0.0", "::"].includes(listenAddress) ? "127.0.0.1" : listenAddress;
}

/** @throws PlainError that names the variable when another program has the port */
export async function refuseTakenPort(variable: string, port: number, listenAddress: string): Promise<void> {
  for (const host of addressesOf(listenAddress)) {
    const code = await tryListen(host, port);
    if (code === "EADDRINUSE") {
      throw new PlainError(
        `Port ${port} is taken by another program; stop that one or set ${variable} to a free port.`,
      );
    }
    if (code === "EACCES")
      throw new PlainError(`Port ${port} is not open to this user; set ${variable} to one above 1023.`);
    if (code !== undefined && host !== "::1") throw new PlainError(`Cannot listen on ${host}, port ${port}: ${code}.`);
  }
}

/** Whether nobody listens there and this user may. */
export async function isFree(host: string, port: number): Promise<boolean> {
  return (await tryListen(host, port)) === undefined;
}

/** A port on 127.0.0.1 that nobody has at the moment. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen({ port: 0, host: "127.0.0.1" }, () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

function tryListen(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(undefined)));
  });
}

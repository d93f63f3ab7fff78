import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";

/**
 * The port of this data folder's server: the one asked for, else the one it had last time, else a free one, which is
 * written down. Kept so that a tool pointed at it yesterday works today.
 */
export async function choosePort(file: string, asked: number | undefined): Promise<number> {
  const last = existsSync(file) ? Number.parseInt(readFileSync(file, "utf8"), 10) : Number.NaN;
  const wanted = asked ?? (Number.isInteger(last) ? last : 0);
  const port = (await tryPort(wanted)) ?? (asked === undefined ? await tryPort(0) : undefined);
  if (port === undefined) throw new Error(`Port ${wanted} for the database is taken by another program.`);
  writeFileSync(file, `${port}\n`);
  return port;
}

/** Listens for a moment on 127.0.0.1; answers the port, or `undefined` when it is taken. 0 asks for any. */
function tryPort(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(undefined));
    probe.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      const { port: bound } = probe.address() as AddressInfo;
      probe.close(() => resolve(bound));
    });
  });
}

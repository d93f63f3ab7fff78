import { createServer, type Server } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { freePort, refuseTakenPort } from "./ports.ts";

let taker: Server | undefined;
afterEach(() => taker?.close());

describe("refuseTakenPort", () => {
  it("names the port and the variable when another program has it", async () => {
    const port = await freePort();
    taker = createServer();
    await new Promise<void>((resolve) => taker?.listen(port, "127.0.0.1", resolve));
    await expect(refuseTakenPort("API_PORT", port, "localhost")).rejects.toThrow(
      `Port ${port} is taken by another program; stop that one or set API_PORT to a free port.`,
    );
  });

  it("lets a free port be", async () => {
    await refuseTakenPort("PORT", await freePort(), "localhost");
  });

  it("names an address that this machine does not have", async () => {
    await expect(refuseTakenPort("PORT", await freePort(), "203.0.113.7")).rejects.toThrow(
      "Cannot listen on 203.0.113.7",
    );
  });
});

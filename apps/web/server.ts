import { createServer } from "node:http";
import { join } from "node:path";
import next from "next";
import { env } from "./lib/env.ts";
import { staticFiles } from "./lib/static-files.ts";

/**
 * The production page server: Next behind the front door. It ends with the process that
 * started it, so that a killed supervisor leaves no port taken.
 */
const { WEB_PORT, WEB_ADDRESS: hostname } = env();
const app = next({ dev: false, dir: import.meta.dirname, hostname, port: WEB_PORT });
await app.prepare();
const handle = app.getRequestHandler();
const answerStatic = staticFiles(join(import.meta.dirname, ".next/static"));
const isHttps = env().PUBLIC_URL.startsWith("https:");
const server = createServer({ maxHeaderSize: 16 * 1024 }, async (request, response) => {
  if (isHttps) response.setHeader("strict-transport-security", "max-age=31536000; includeSubDomains");
  if (!(await answerStatic(request, response))) void handle(request, response);
});
server.keepAliveTimeout = 65_000;
server.requestTimeout = 30_000;

function stop() {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  // Open event streams would keep the server up for ever.
  setTimeout(() => process.exit(0), 2_000).unref();
}
process.on("disconnect", stop);
process.on("SIGTERM", stop);
process.on("SIGINT", stop);

server.listen(WEB_PORT, hostname, () => process.send?.({ ready: true }));

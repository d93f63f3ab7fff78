import { createHash, timingSafeEqual } from "node:crypto";
import { BlockList } from "node:net";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { Gauge } from "prom-client";
import { AppError } from "../app-error.ts";
import type { Platform } from "../platform.ts";

const poolGauge = "infirmary_database_connections";
const thisMachine = new BlockList();
thisMachine.addSubnet("127.0.0.0", 8, "ipv4");
thisMachine.addAddress("::1", "ipv6");

/**
 * `GET /metrics` in Prometheus' text format: for programs on this machine that ask directly, and for who shows the token. For everybody
 * else there is nothing at this address.
 */
export function serveMetrics(app: FastifyInstance, platform: Platform): void {
  const { registry } = platform.meter;
  if (!registry.getSingleMetric(poolGauge)) watchPool(platform);
  app.get("/metrics", async (request, reply) => {
    if (!mayAsk(request, platform.settings.metricsToken))
      throw new AppError("not-found", { detail: "There is nothing at this address." });
    return reply.header("content-type", registry.contentType).send(await registry.metrics());
  });
}

function mayAsk(request: FastifyRequest, token: string | null): boolean {
  const [scheme, shown] = (request.headers.authorization ?? "").split(" ");
  if (token && scheme === "Bearer" && shown && timingSafeEqual(digest(shown), digest(token))) return true;
  // A proxy on this machine asks for somebody else.
  if (request.headers["x-forwarded-for"] !== undefined || request.headers.forwarded !== undefined) return false;
  const address = request.socket.remoteAddress ?? "";
  const plain = address.replace(/^::ffff:/, "");
  return thisMachine.check(plain, plain.includes(":") ? "ipv6" : "ipv4");
}

const digest = (text: string) => createHash("sha256").update(text).digest();

function watchPool({ meter, database: { pool } }: Platform): void {
  new Gauge({
    name: poolGauge,
    help: "Connections of this process to the database: open, idle among them, and requests that wait for one",
    labelNames: ["state"],
    registers: [meter.registry],
    collect() {
      this.set({ state: "open" }, pool.totalCount);
      this.set({ state: "idle" }, pool.idleCount);
      this.set({ state: "waiting" }, pool.waitingCount);
    },
  });
}

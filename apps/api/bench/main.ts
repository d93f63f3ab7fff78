import { Console } from "node:console";
import { cpus } from "node:os";
import { buildPlatform } from "../src/core/build-platform.ts";
import { readApiEnv } from "../src/core/env.ts";
import { benchHotTenant } from "./hot-tenant.ts";
import { benchLab, seedAnalyser } from "./lab.ts";
import { benchOrders } from "./orders.ts";
import { benchSearch, prepareSearch } from "./search.ts";
import { type ApiProcess, manyCalls, startApiProcess } from "./support/api-process.ts";
import { cpuTime, memoryOf } from "./support/cpu.ts";
import type { Measured, Pace } from "./support/load.ts";
import { seedOrders } from "./support/seed.ts";
import { benchTrust } from "./trust.ts";
import { benchUploads } from "./uploads.ts";

/** `npm run bench -- [search] [orders] [uploads] [lab] [trust] [--seconds=8] [--port=4790]`: the numbers of docs/performance.md, as a table and as JSON. */
const names = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const option = (name: string, otherwise: number) =>
  Number(process.argv.find((argument) => argument.startsWith(`--${name}=`))?.split("=")[1] ?? otherwise);
const seconds = option("seconds", 8);
// biome-ignore lint/style/noProcessEnv: the runner hands over the scratch database's owner, which the product never sees
const env = process.env;
const ownerUrl = env.DATABASE_URL;
if (!ownerUrl) throw new Error("Start this with npm run bench.");

type Load = { clients: string; count: number; pauseMs: number; goalPerSecond?: number };
const people: Load[] = [
  { clients: "50, no pause", count: 50, pauseMs: 0 },
  { clients: "50, twice a second", count: 50, pauseMs: 500 },
];

const benches: {
  name: string;
  goalP95Ms: number;
  loads?: Load[];
  /** The process that is measured; default the API. */
  file?: "main.ts" | "mllp.ts";
  prepare(): Promise<(api: ApiProcess, pace: Pace & { count: number }) => Promise<Measured>>;
}[] = [
  {
    name: "search 200,000 patients",
    goalP95Ms: 100,
    prepare: async () => {
      const patients = await prepareSearch(ownerUrl, env);
      return (api, pace) => benchSearch(api, { ...pace, patients });
    },
  },
  {
    name: "orders, a page of 25",
    goalP95Ms: 30,
    prepare: async () => {
      await seedOrders(ownerUrl);
      return (api, pace) => benchOrders(api, pace);
    },
  },
  {
    name: "uploads of 20 OBX",
    goalP95Ms: 50,
    prepare: async () => {
      await seedOrders(ownerUrl);
      return (api, pace) => benchUploads(api, { ...pace, ownerUrl });
    },
  },
  {
    name: "lab, MLLP, 20 OBX",
    goalP95Ms: 100,
    file: "mllp.ts",
    loads: [
      { clients: "16 senders", count: 16, pauseMs: 0, goalPerSecond: 1000 },
      { clients: "4 senders", count: 4, pauseMs: 0, goalPerSecond: 400 },
    ],
    prepare: async () => {
      await seedOrders(ownerUrl);
      await seedAnalyser(ownerUrl);
      return (api, { seconds: lasting, count }) => benchLab(api.port, { ownerUrl, senders: count, seconds: lasting });
    },
  },
];

if (names.includes("trust")) {
  await benchTrust({ ownerUrl, env, seconds });
  process.exit();
}

const round = (value: number) => Math.round(value * 100) / 100;
const rows = [];
for (const { name, goalP95Ms, prepare, file = "main.ts", loads = people } of benches) {
  if (names.length > 0 && !names.some((wanted) => name.startsWith(wanted))) continue;
  const run = await prepare();
  const api = await startApiProcess(option("port", 4790), file);
  for (const { clients, count, pauseMs, goalPerSecond } of loads) {
    const before = await cpuTime(api.pid, ownerUrl);
    const measured = await run(api, { seconds, pauseMs, count });
    const after = await cpuTime(api.pid, ownerUrl);
    const perRequest = (of: "apiMs" | "databaseMs") =>
      before && after ? round((after[of] - before[of]) / Math.max(1, measured.answered)) : null;
    rows.push({
      name,
      clients,
      requests: measured.requests,
      perSecond: Math.round(measured.perSecond),
      p50Ms: round(measured.p50Ms),
      p95Ms: round(measured.p95Ms),
      p99Ms: round(measured.p99Ms),
      goalP95Ms,
      ...(goalPerSecond ? { goalPerSecond, rssMb: memoryOf(api.pid) } : {}),
      apiCpuMs: perRequest("apiMs"),
      databaseCpuMs: perRequest("databaseMs"),
      failures: measured.failures,
    });
  }
  await api.stop();
}
new Console(process.stdout).table(rows);
if (names.length === 0 || names.includes("trust")) {
  const platform = await buildPlatform(readApiEnv({ ...env, ...manyCalls }), "infirmary-bench");
  new Console(process.stdout).table([await benchHotTenant(platform, ownerUrl, seconds)]);
  await platform.close();
}
process.stdout.write(
  `${JSON.stringify({ node: process.version, cpus: cpus().length, cpu: cpus()[0]?.model, rows })}\n`,
);

import { benchOrders } from "./orders.ts";
import { startApiProcess } from "./support/api-process.ts";
import { seedOrders } from "./support/seed.ts";
import { benchUploads } from "./uploads.ts";

/** `npm run bench -- [orders|uploads] [--seconds=8]`: the numbers of docs/performance.md, as a table and as JSON. */
const names = process.argv.slice(2).filter((argument) => !argument.startsWith("--"));
const seconds = Number(process.argv.find((argument) => argument.startsWith("--seconds="))?.slice(10) ?? 8);
// biome-ignore lint/style/noProcessEnv: the runner hands over the scratch database's owner, which the product never sees
const ownerUrl = process.env.DATABASE_URL;
if (!ownerUrl) throw new Error("Start this with npm run bench.");

await seedOrders(ownerUrl);
const api = await startApiProcess(
  Number(process.argv.find((argument) => argument.startsWith("--port="))?.slice(7) ?? 4790),
);
const benches = [
  { name: "orders", goalMs: 30, run: () => benchOrders(api, { seconds }) },
  { name: "uploads", goalMs: 50, run: () => benchUploads(api, { seconds, ownerUrl }) },
];
const rows = [];
for (const { name, goalMs, run } of benches) {
  if (names.length > 0 && !names.includes(name)) continue;
  const { requests, perSecond, p50Ms, p95Ms, p99Ms, failures } = await run();
  const round = (value: number) => Math.round(value * 10) / 10;
  rows.push({
    name,
    clients: 50,
    requests,
    perSecond: Math.round(perSecond),
    p50Ms: round(p50Ms),
    p95Ms: round(p95Ms),
    p99Ms: round(p99Ms),
    goalP95Ms: goalMs,
    failures,
  });
}
await api.stop();
// biome-ignore lint/suspicious/noConsole: the table is what the command is for
console.table(rows);
process.stdout.write(`${JSON.stringify({ node: process.version, rows })}\n`);

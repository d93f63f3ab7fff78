import { permissionSchema } from "@infirmary/shared/access";
import {
  jobOverview as jobOverviewShape,
  loadPeriod,
  loadPoint,
  systemStatus as statusShape,
} from "@infirmary/shared/system";
import { z } from "zod";
import { AppError } from "../../core/app-error.ts";
import type { Platform } from "../../core/platform.ts";
import { open, permitted, router, signedIn } from "../../core/trpc.ts";
import { discardJob, jobOverview, retryJob } from "./jobs.ts";
import { loadOver } from "./load.ts";
import { recordRefusedPage } from "./record-refused-page.ts";
import { systemStatus } from "./system-status.ts";

const tag = "System";
const jobInput = z.strictObject({
  id: z
    .string()
    .max(18)
    .regex(/^[1-9]\d{0,17}$/, "This is not the number of a job."),
});
const at = "2026-11-02T09:41:00.000Z";
const runningExample = {
  instance: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a91",
  process: "api" as const,
  version: "0.1.0",
  startedAt: at,
  seenAt: at,
  callsPerMinute: 5120,
  p95Ms: 12.4,
  cpuPercent: 34,
  memoryMib: 210,
  loopDelayMs: 8,
};
const jobExample = {
  id: "4711",
  task: "audit-check",
  state: "failed" as const,
  attempts: 25,
  attemptsMax: 25,
  createdAt: at,
  runAt: at,
  error: "The database cannot be reached.",
};

export const systemRouter = router({
  health: open({
    method: "GET",
    path: "/health/",
    tag,
    summary: "Whether the process and the database work",
    example: { response: { status: "ok", database: "ok" } },
  })
    .output(z.object({ status: z.literal("ok"), database: z.literal("ok") }))
    .query(async ({ ctx }) => {
      await askDatabase(ctx.platform);
      return { status: "ok" as const, database: "ok" as const };
    }),
  ready: open({
    method: "GET",
    path: "/ready/",
    tag,
    summary: "Whether this process wants requests: 503 while it is being stopped or has no database",
    example: { response: { status: "ready" } },
  })
    .output(z.object({ status: z.literal("ready") }))
    .query(async ({ ctx: { platform } }) => {
      if (platform.readiness.isDraining)
        throw new AppError("unavailable", { detail: "This process is being stopped." });
      await askDatabase(platform);
      return { status: "ready" as const };
    }),
  status: permitted("system.manage", {
    method: "GET",
    path: "/system/status/",
    tag,
    summary: "How the installation is, part by part, with what to do",
    example: {
      response: {
        state: "attention",
        at,
        parts: [
          {
            code: "backup",
            name: "Backup",
            state: "attention",
            says: "The newest is 30 h old, of 14.",
            advice: "Run npm run backup every night.",
          },
        ],
        processes: [runningExample],
      },
    },
  })
    .output(statusShape)
    .query(({ ctx }) => ctx.work((work) => systemStatus(work))),
  load: permitted("system.manage", {
    method: "GET",
    path: "/system/load/",
    tag,
    summary: "What the processes did over the last hours",
    example: {
      response: {
        stretchMinutes: 5,
        points: [
          { at, process: "api", callsPerMinute: 5120, failures: 0, p95Ms: 12.4, cpuPercent: 34, memoryMib: 210 },
        ],
      },
    },
  })
    .input(loadPeriod)
    .output(z.object({ stretchMinutes: z.number(), points: z.array(loadPoint) }))
    .query(({ ctx, input }) => ctx.work((work) => loadOver(work, input))),
  jobs: permitted("system.manage", {
    method: "GET",
    path: "/system/jobs/",
    tag,
    summary: "The queue of jobs: counts by state and the first hundred, those that gave up first",
    example: {
      response: {
        counts: { waiting: 3, running: 1, retrying: 0, failed: 1 },
        oldestWaitSeconds: 0,
        items: [jobExample],
      },
    },
  })
    .output(jobOverviewShape)
    .query(({ ctx }) => ctx.work((work) => jobOverview(work))),
  retryJob: permitted("system.manage", {
    method: "POST",
    path: "/system/jobs/{id}/retry/",
    tag,
    summary: "Run a job now, with all its attempts again",
    status: 204,
    example: { request: {} },
  })
    .input(jobInput)
    .mutation(({ ctx, input }) => ctx.work((work) => retryJob(work, input))),
  discardJob: permitted("system.manage", {
    method: "POST",
    path: "/system/jobs/{id}/discard/",
    tag,
    summary: "Take a job out of the queue for good",
    status: 204,
    example: { request: {} },
  })
    .input(jobInput)
    .mutation(({ ctx, input }) => ctx.work((work) => discardJob(work, input))),
  pageRefused: signedIn()
    .input(z.object({ page: z.string().max(200), permission: permissionSchema }).strict())
    .output(z.object({ recorded: z.boolean() }))
    .mutation(({ ctx, input }) => ctx.work(async (work) => recordRefusedPage(work, ctx.session, input))),
  ping: open({
    method: "GET",
    path: "/ping/",
    tag,
    summary: "Whether the process answers",
    example: { response: { pong: true } },
  })
    .output(z.object({ pong: z.literal(true) }))
    .query(() => ({ pong: true as const })),
});

async function askDatabase({ database }: Platform): Promise<void> {
  try {
    await database.pool.query("SELECT 1");
  } catch (cause) {
    throw new AppError("unavailable", { cause });
  }
}

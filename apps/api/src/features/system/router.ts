import { permissionSchema } from "@infirmary/shared/access";
import { z } from "zod";
import { AppError } from "../../core/app-error.ts";
import type { Platform } from "../../core/platform.ts";
import { open, router, signedIn } from "../../core/trpc.ts";
import { recordRefusedPage } from "./record-refused-page.ts";

const tag = "System";

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

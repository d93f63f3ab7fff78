import { z } from "zod";
import { AppError } from "../../core/app-error.ts";
import { open, router } from "../../core/trpc.ts";

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
      try {
        await ctx.platform.database.pool.query("SELECT 1");
      } catch (cause) {
        throw new AppError("unavailable", { cause });
      }
      return { status: "ok" as const, database: "ok" as const };
    }),
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

import { criticalCallLog, criticalRow } from "@infirmary/shared/critical-call";
import { z } from "zod";
import { permitted, router } from "../../core/trpc.ts";
import { logCall, readCriticals } from "./criticals.ts";

export const criticalCallRouter = router({
  list: permitted("result.verify")
    .input(z.strictObject({ days: z.number().int().min(1).max(90).default(7) }).default({ days: 7 }))
    .output(z.object({ items: z.array(criticalRow) }))
    .query(({ ctx, input }) => ctx.work((work) => readCriticals(work, input))),
  log: permitted("result.verify")
    .input(criticalCallLog)
    .output(z.object({ id: z.string() }))
    .mutation(({ ctx, input }) => ctx.work((work) => logCall(work, input))),
});

import { uuid } from "@infirmary/shared/core";
import { notification } from "@infirmary/shared/notification";
import { z } from "zod";
import { router, signedIn } from "../../core/trpc.ts";
import { countUnread, listNotifications, markRead } from "./store.ts";

export const notificationRouter = router({
  list: signedIn()
    .input(z.strictObject({ limit: z.number().int().min(1).max(100).default(25) }).default({ limit: 25 }))
    .output(z.object({ items: z.array(notification), unread: z.number() }))
    .query(({ ctx, input }) =>
      ctx.work(async ({ connection }) => ({
        items: await listNotifications(connection, { ...ownerOf(ctx), limit: input.limit }),
        unread: await countUnread(connection, ownerOf(ctx)),
      })),
    ),
  markRead: signedIn()
    .input(z.union([z.strictObject({ id: uuid }), z.strictObject({ all: z.literal(true) })]))
    .mutation(({ ctx, input }) =>
      ctx.work(({ connection }) => markRead(connection, { ...ownerOf(ctx), id: "id" in input ? input.id : null })),
    ),
});

const ownerOf = ({ session }: { session: { tenantId: string; userId: string } }) => ({
  tenantId: session.tenantId,
  userId: session.userId,
});

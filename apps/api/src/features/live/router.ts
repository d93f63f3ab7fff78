import { uuid } from "@infirmary/shared/core";
import { z } from "zod";
import { router, signedIn, tracked } from "../../core/trpc.ts";
import { liveEvents } from "./events.ts";

export const liveRouter = router({
  events: signedIn()
    .input(z.strictObject({ lastEventId: uuid.nullish() }).optional())
    .subscription(async function* ({ ctx, input, signal }) {
      const events = liveEvents(ctx.platform, ctx.session, {
        lastEventId: input?.lastEventId ?? null,
        signal: signal ?? new AbortController().signal,
      });
      for await (const event of events) yield tracked(event.id, event);
    }),
});

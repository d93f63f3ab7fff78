import type { Permission } from "@infirmary/shared/access";
import { initTRPC } from "@trpc/server";
import { refusalOf } from "./access/refusal.ts";
import { AppError } from "./app-error.ts";
import { type CallKind, requireBudget } from "./call-limits/require-budget.ts";
import { actorContext, type Context } from "./context.ts";
import { errorShape, toAppError } from "./error-shape.ts";
import type { RestFace } from "./rest/face.ts";
import { isLocked, requireUnlocked } from "./session/lock.ts";
import { requireFactor } from "./session/require-factor.ts";
import { requireRecentProof } from "./session/step-up.ts";

/** What a procedure says of itself: who may call it (`public`, `signed-in` or a permission) and its REST face, if it has one. */
export type ProcedureMeta = {
  access: Permission | "public" | "signed-in";
  rest?: RestFace;
  /** Needs a proof of who one is that is at most five minutes old. */
  stepUp?: boolean;
  /** Open to somebody who still has to set up the second factor that the organisation asks for. */
  withoutFactor?: boolean;
  /** Counts against a budget of its own besides the common one. */
  budget?: CallKind;
  /** Open while the screen is locked: unlocking, signing out, saying who is there. */
  whileLocked?: boolean;
};

/** What a procedure asks for beyond its access. */
type Demands = Pick<ProcedureMeta, "stepUp" | "withoutFactor" | "whileLocked" | "budget">;

const t = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    errorFormatter: ({ shape, error, ctx }) => {
      const appError = toAppError(error);
      return { ...shape, message: appError.code, data: errorShape(appError, ctx?.request.id ?? "") };
    },
    sse: { ping: { enabled: true, intervalMs: 15_000 }, client: { reconnectAfterInactivityMs: 40_000 } },
  });

export const router = t.router;
export { tracked } from "@trpc/server";

/** Every call is timed and counted by its name and how it ended; a stream is open for as long as a screen is. */
const counted = t.procedure.use(async ({ ctx: { platform }, next, path, type }) => {
  if (type === "subscription") return next();
  const startedMs = performance.now();
  const result = await next();
  const error = result.ok ? null : toAppError(result.error);
  platform.meter.record(path, error?.code ?? "ok", performance.now() - startedMs, error !== null && error.http >= 500);
  return result;
});

/** For anybody, signed in or not. The base builder stays in here, so that no procedure can leave its access unsaid. */
export const open = (rest?: RestFace) => counted.meta({ access: "public", ...(rest ? { rest } : {}) });

/** For every signed-in person, about themselves. */
export const signedIn = (rest?: RestFace, demands: Demands = {}) =>
  counted
    .meta({ access: "signed-in", ...(rest ? { rest } : {}), ...demands })
    .use(async ({ ctx, next, path, type, getRawInput }) => {
      const actor = actorContext(ctx, {
        path,
        type,
        input: await inputOf(ctx, type, getRawInput),
      });
      requireBudget(actor, { path, kind: demands.budget });
      if (!demands.whileLocked) await requireUnlocked(actor.platform, actor.session, ctx.request.isActive);
      if (!demands.withoutFactor) await requireFactor(actor.platform, actor.session);
      if (demands.stepUp) await requireRecentProof(actor.platform, actor.session);
      return next({ ctx: actor });
    });

/** For the roles that hold the permission; a refusal is audited. */
export const permitted = (permission: Permission, rest?: RestFace, demands: Demands = {}) =>
  counted
    .meta({ access: permission, ...(rest ? { rest } : {}), ...demands })
    .use(async ({ ctx, next, path, type, getRawInput }) => {
      const actor = actorContext(ctx, {
        path,
        type,
        input: await inputOf(ctx, type, getRawInput),
      });
      requireBudget(actor, { path, kind: demands.budget });
      await requireUnlocked(actor.platform, actor.session, ctx.request.isActive);
      const asked = { path, permission, input: getRawInput };
      const { platform, session } = actor;
      const decision = platform.policy.decide({
        subject: session,
        permission,
        isLocked: isLocked(platform, session),
        now: platform.now(),
      });
      if (!decision.allowed) throw await refusalOf(actor, asked, new AppError("not-allowed"));
      await requireFactor(actor.platform, actor.session);
      if (demands.stepUp) await requireRecentProof(actor.platform, actor.session);
      const result = await next({ ctx: actor });
      if (result.ok) return result;
      const error = toAppError(result.error);
      const refusal = await refusalOf(actor, asked, error);
      if (refusal === error) return result;
      throw refusal;
    });

/** The raw input is only needed to recognise a repeat. */
async function inputOf(ctx: Context, type: string, getRawInput: () => Promise<unknown>): Promise<unknown> {
  return type === "mutation" && ctx.request.idempotencyKey ? getRawInput() : null;
}

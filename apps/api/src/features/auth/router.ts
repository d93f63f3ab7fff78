import {
  changePasswordInput,
  confirmResetInput,
  lockState,
  loginInput,
  loginOutput,
  type Me,
  me,
  reauthenticateInput,
  refreshInput,
  requestResetInput,
  sessionItem,
  tokens,
  unlockInput,
  verifyLoginInput,
} from "@infirmary/shared/auth";
import { uuid } from "@infirmary/shared/core";
import { passkeyAnswer, passkeyOptions } from "@infirmary/shared/factor";
import { z } from "zod";
import { AppError } from "../../core/app-error.ts";
import type { Context } from "../../core/context.ts";
import type { Session } from "../../core/scope.ts";
import { isLocked } from "../../core/session/lock.ts";
import { open, router, signedIn } from "../../core/trpc.ts";
import { signInOptions } from "../factor/index.ts";
import { changeFacility } from "./change-facility.ts";
import { changePassword } from "./change-password.ts";
import { endSessions, sessionsOf, signOut } from "./end-session.ts";
import { lockNow, lockState as lockStateOf, unlock } from "./lock.ts";
import { reauthenticate } from "./reauthenticate.ts";
import { refreshTokens } from "./refresh-tokens.ts";
import { confirmReset, requestReset } from "./reset/index.ts";
import { signIn, signInWithCode, signInWithPasskey } from "./sign-in.ts";
import { issueTokens } from "./token.ts";

const tag = "Sign-in";
const exampleFacility = {
  id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a01",
  code: "MAIN",
  name: "St Anne's Main",
  timeZone: "America/New_York",
};
const exampleUser = {
  id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a11",
  username: "dr.smith",
  fullName: "Dr John Smith",
  email: "john.smith@example.org",
  roles: ["doctor"],
  roleNames: ["Doctor"],
  permissions: ["patient.read", "order.read", "order.create", "result.read"],
  tenantId: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a00",
  tenantName: "St Anne's Hospital",
  facility: exampleFacility,
  facilities: [{ ...exampleFacility, roles: ["doctor"], roleNames: ["Doctor"] }],
  needsFactor: false,
  isLocked: false,
};
const openedSession = z.object({ sessionId: z.string(), tenantId: z.string(), user: me });
const exampleTokens = { access: "eyJhbGciOiJFZERTQSJ9...", refresh: "AZmnwFseecGdXj9vCk-KEQ..." };

export const authRouter = router({
  login: open({
    method: "POST",
    path: "/auth/login/",
    tag,
    summary: "Sign in by name and password",
    example: {
      request: { username: "dr.smith", password: "doctor123!" },
      response: { ...exampleTokens, user: exampleUser },
    },
  })
    .input(loginInput)
    .output(loginOutput)
    .mutation(async ({ ctx, input }) => {
      const session = await signIn(ctx, { ...input, kind: "TOKEN" });
      return { ...(await issueTokens(ctx.platform, scopeOf(ctx, session), session)), user: whoIs(session) };
    }),
  verifyLogin: open({
    method: "POST",
    path: "/auth/login/verify/",
    tag,
    summary: "Answer the challenge of a sign-in with a code of the second factor",
    example: {
      request: { challenge: "AZmnwFseecGdXj9vCk-KEQ...", code: "492039" },
      response: { ...exampleTokens, user: exampleUser },
    },
  })
    .input(verifyLoginInput)
    .output(loginOutput)
    .mutation(async ({ ctx, input }) => {
      const session = await signInWithCode(ctx, { ...input, kind: "TOKEN" });
      return { ...(await issueTokens(ctx.platform, scopeOf(ctx, session), session)), user: whoIs(session) };
    }),
  /** For the portal's server: opens a browser session whose row the cookie names. */
  openSession: open()
    .input(loginInput)
    .output(openedSession)
    .mutation(async ({ ctx, input }) => {
      const session = await signIn(ctx, { ...input, kind: "BROWSER" });
      return { sessionId: session.id, tenantId: session.tenantId, user: whoIs(session) };
    }),
  /** For the browser: how to ask for a passkey, whoever is there. */
  passkeyOptions: open()
    .output(passkeyOptions)
    .mutation(async ({ ctx }) => ({ ...(await signInOptions(ctx)) })),
  openSessionWithPasskey: open()
    .input(z.strictObject({ answer: passkeyAnswer }))
    .output(openedSession)
    .mutation(async ({ ctx, input }) => {
      const session = await signInWithPasskey(ctx, { ...input, kind: "BROWSER" });
      return { sessionId: session.id, tenantId: session.tenantId, user: whoIs(session) };
    }),
  /** The same, after `openSession` answered with a challenge. */
  openSessionWithCode: open()
    .input(verifyLoginInput)
    .output(openedSession)
    .mutation(async ({ ctx, input }) => {
      const session = await signInWithCode(ctx, { ...input, kind: "BROWSER" });
      return { sessionId: session.id, tenantId: session.tenantId, user: whoIs(session) };
    }),
  requestReset: open({
    method: "POST",
    path: "/auth/password-reset/",
    tag,
    summary:
      "Ask for a one-time link that sets a new password; the answer does not say whether there is such an account",
    status: 202,
    example: { request: { login: "dr.smith" }, response: { accepted: true } },
  })
    .input(requestResetInput)
    .output(z.object({ accepted: z.literal(true) }))
    .mutation(({ ctx, input }) => requestReset(ctx, input)),
  confirmReset: open({
    method: "POST",
    path: "/auth/password-reset/confirm/",
    tag,
    summary: "Set a new password under the token of a one-time link; all sessions end",
    status: 204,
    example: { request: { token: "AZmnwFseecGdXj9vCk-KEQ...", password: "four words are enough" } },
  })
    .input(confirmResetInput)
    .mutation(({ ctx, input }) => confirmReset(ctx, input)),
  refresh: open({
    method: "POST",
    path: "/auth/refresh/",
    tag,
    summary: "Exchange a refresh token for a new pair",
    example: { request: { refresh: exampleTokens.refresh }, response: exampleTokens },
  })
    .input(refreshInput)
    .output(tokens)
    .mutation(({ ctx, input }) => refreshTokens(ctx, input)),
  logout: signedIn(
    {
      method: "POST",
      path: "/auth/logout/",
      tag,
      summary: "Sign out: both tokens are void at once",
      status: 204,
      example: { request: { refresh: exampleTokens.refresh } },
    },
    { withoutFactor: true, whileLocked: true },
  )
    .input(refreshInput.partial().optional())
    .mutation(({ ctx, input }) => ctx.work((work) => signOut(work, { refresh: input?.refresh }))),
  me: signedIn(
    { method: "GET", path: "/auth/me/", tag, summary: "Who am I", example: { response: exampleUser } },
    { withoutFactor: true, whileLocked: true },
  )
    .output(me)
    .query(({ ctx }) => whoIs(ctx.session, isLocked(ctx.platform, ctx.session))),
  reauthenticate: signedIn(
    {
      method: "POST",
      path: "/auth/reauthenticate/",
      tag,
      summary: "Prove again who you are; sensitive steps are open for five minutes",
      example: { request: { password: "doctor123!" }, response: { validUntil: "2026-11-02T09:46:12.345Z" } },
    },
    { withoutFactor: true },
  )
    .input(reauthenticateInput)
    .output(z.object({ validUntil: z.string() }))
    .mutation(({ ctx, input }) => reauthenticate(ctx, input)),
  lockState: signedIn(undefined, { withoutFactor: true, whileLocked: true })
    .output(lockState)
    .query(({ ctx }) => lockStateOf(ctx)),
  /** Says that a person is at the screen; the request's header does the rest. */
  stayAwake: signedIn(undefined, { withoutFactor: true })
    .output(lockState)
    .mutation(({ ctx }) => lockStateOf(ctx)),
  lock: signedIn(undefined, { withoutFactor: true, whileLocked: true }).mutation(({ ctx }) => lockNow(ctx)),
  unlock: signedIn(undefined, { withoutFactor: true, whileLocked: true })
    .input(unlockInput)
    .mutation(({ ctx, input }) => unlock(ctx, input)),
  changeFacility: signedIn({
    method: "PUT",
    path: "/auth/facility/",
    tag,
    summary: "Work at another of one's facilities, with the roles held there",
    example: { request: { facilityId: exampleFacility.id }, response: exampleUser },
  })
    .input(z.strictObject({ facilityId: uuid }))
    .output(me)
    .mutation(async ({ ctx, input }) => whoIs(await changeFacility(ctx, input))),
  changePassword: signedIn(undefined, { withoutFactor: true })
    .input(changePasswordInput)
    .mutation(({ ctx, input }) => changePassword(ctx, input)),
  sessions: signedIn(undefined, { withoutFactor: true })
    .output(z.array(sessionItem))
    .query(({ ctx }) => ctx.work((work) => sessionsOf(work, ctx.session.userId))),
  endOtherSessions: signedIn(undefined, { withoutFactor: true })
    .output(z.object({ ended: z.number() }))
    .mutation(({ ctx }) =>
      ctx.work(async (work) => ({
        ended: await endSessions(work, {
          userId: ctx.session.userId,
          except: ctx.session.id,
          reason: "ended by its owner",
        }),
      })),
    ),
  endSession: signedIn(undefined, { withoutFactor: true })
    .input(z.strictObject({ id: uuid }))
    .mutation(({ ctx, input }) =>
      ctx.work(async (work) => {
        const ended = await endSessions(work, {
          userId: ctx.session.userId,
          only: input.id,
          reason: "ended by its owner",
        });
        if (ended === 0) throw new AppError("not-found");
      }),
    ),
});

const whoIs = (session: Session, locked = false): Me => ({
  id: session.userId,
  username: session.username,
  fullName: session.fullName,
  email: session.email,
  roles: session.roles,
  roleNames: session.roleNames,
  permissions: [...session.permissions],
  tenantId: session.tenantId,
  tenantName: session.tenantName,
  facility: session.facility,
  facilities: session.facilities.map(({ id, code, name, timeZone, roles, roleNames }) => ({
    id,
    code,
    name,
    timeZone,
    roles,
    roleNames,
  })),
  needsFactor: session.factor.isRequired && !session.factor.isThere,
  isLocked: locked,
});

const scopeOf = (ctx: Context, session: Session) => ({
  tenantId: session.tenantId,
  actor: session,
  requestId: ctx.request.id,
  ip: ctx.request.ip,
});

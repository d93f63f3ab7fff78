import { registerInput, sessionItem } from "@infirmary/shared/auth";
import { pageOf, uuid } from "@infirmary/shared/core";
import { facility } from "@infirmary/shared/facility";
import { factorMethod } from "@infirmary/shared/factor";
import { resetPasswordInput, user, userCreate, userList, userUpdate } from "@infirmary/shared/user";
import { z } from "zod";
import { open, permitted, router } from "../../core/trpc.ts";
import { endSessions, sessionsOf } from "../auth/index.ts";
import { methodsOf } from "../factor/index.ts";
import { createUser } from "./create-user.ts";
import { listUsers } from "./list-users.ts";
import { registerUser } from "./register-user.ts";
import { resetFactors } from "./reset-factors.ts";
import { resetPassword } from "./reset-password.ts";
import { sendResetLink } from "./send-reset-link.ts";
import { listDepartments, listFacilities, listRoleNames } from "./store.ts";
import { updateUser } from "./update-user.ts";
import { getUser } from "./user.ts";

const tag = "People";
const byId = z.strictObject({ id: uuid });
const facilityExample = {
  id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a01",
  code: "MAIN",
  name: "St Anne's Main",
  timeZone: "America/New_York",
};
const example = {
  id: "0199a7c0-5b1e-7cc1-9d5e-3f6f0a4f8a11",
  username: "nora.nurse",
  fullName: "Nora Nurse",
  email: "nora@example.org",
  roles: ["nurse"],
  roleNames: ["Nurse"],
  facilities: [facilityExample],
  memberships: [{ facilityId: facilityExample.id, roles: ["nurse"] }],
  title: "Registered nurse",
  registrationNumber: "RN-204511",
  departmentId: null,
  status: "ACTIVE",
  version: 1,
  createdAt: "2026-11-02T08:00:00.000Z",
  updatedAt: "2026-11-02T08:00:00.000Z",
  lastSignInAt: null,
  invitation: { expiresAt: "2026-11-05T08:00:01.000Z", isOpen: true },
};

export const userRouter = router({
  register: open({
    method: "POST",
    path: "/auth/register/",
    tag: "Sign-in",
    summary: "Ask for an account; an administrator approves it",
    status: 201,
    example: {
      request: {
        username: "new.nurse",
        password: "a long pass phrase",
        fullName: "Nora Nurse",
        email: "nora@example.org",
      },
      response: { id: example.id, status: "PENDING" },
    },
  })
    .input(registerInput)
    .output(z.object({ id: z.string(), status: z.literal("PENDING") }))
    .mutation(({ ctx, input }) => registerUser(ctx, input)),
  list: permitted("user.manage", {
    method: "GET",
    path: "/users/",
    tag,
    summary: "People, those waiting for approval first",
    example: { request: { status: "ACTIVE", limit: 25 }, response: { items: [example], nextCursor: null } },
  })
    .input(userList)
    .output(pageOf(user))
    .query(({ ctx, input }) => ctx.work((work) => listUsers(work, input))),
  create: permitted(
    "user.manage",
    {
      method: "POST",
      path: "/users/",
      tag,
      summary: "Add a person; without a password they are invited by mail to choose one",
      status: 201,
      example: {
        request: {
          username: "nora.nurse",
          fullName: "Nora Nurse",
          email: "nora@example.org",
          roles: ["nurse"],
        },
        response: example,
      },
    },
    { stepUp: true },
  )
    .input(userCreate)
    .output(user)
    .mutation(({ ctx, input }) => createUser(ctx, input)),
  get: permitted("user.manage", {
    method: "GET",
    path: "/users/{id}/",
    tag,
    summary: "One person",
    example: { response: example },
  })
    .input(byId)
    .output(user)
    .query(({ ctx, input }) => ctx.work((work) => getUser(work, input))),
  update: permitted("user.manage", {
    method: "PUT",
    path: "/users/{id}/",
    tag,
    summary: "Change a person, approve or deactivate",
    example: { request: { version: 1, status: "ACTIVE", roles: ["nurse"] }, response: example },
  })
    .input(userUpdate)
    .output(user)
    .mutation(({ ctx, input }) => ctx.work((work) => updateUser(work, input))),
  deactivate: permitted("user.manage", {
    method: "DELETE",
    path: "/users/{id}/",
    tag,
    summary: "Deactivate a person; all sessions end",
    status: 204,
  })
    .input(byId)
    .mutation(({ ctx, input }) =>
      ctx.work(async (work) => {
        const { version } = await getUser(work, input);
        await updateUser(work, { id: input.id, version, status: "INACTIVE" });
      }),
    ),
  resetPassword: permitted("user.manage", undefined, { stepUp: true })
    .input(resetPasswordInput)
    .mutation(({ ctx, input }) => resetPassword(ctx, input)),
  sendResetLink: permitted("user.manage", undefined, { stepUp: true })
    .input(byId)
    .mutation(({ ctx, input }) => ctx.work((work) => sendResetLink(work, input))),
  factors: permitted("user.manage")
    .input(byId)
    .output(z.object({ methods: z.array(factorMethod) }))
    .query(({ ctx, input }) =>
      ctx.work(async (work) => {
        await getUser(work, input);
        return { methods: await methodsOf(work, input.id) };
      }),
    ),
  resetFactors: permitted("user.manage", undefined, { stepUp: true })
    .input(byId)
    .mutation(({ ctx, input }) => ctx.work((work) => resetFactors(work, input))),
  sessions: permitted("user.manage")
    .input(byId)
    .output(z.array(sessionItem))
    .query(({ ctx, input }) => ctx.work((work) => sessionsOf(work, input.id))),
  endSessions: permitted("user.manage", undefined, { stepUp: true })
    .input(byId)
    .output(z.object({ ended: z.number() }))
    .mutation(({ ctx, input }) =>
      ctx.work(async (work) => ({
        ended: await endSessions(work, { userId: input.id, reason: "ended by an administrator" }),
      })),
    ),
  /** The roles a person can be given. */
  roles: permitted("user.manage")
    .output(z.object({ items: z.array(z.object({ code: z.string(), name: z.string() })) }))
    .query(({ ctx }) => ctx.work(async ({ connection, scope }) => ({ items: await listRoleNames(connection, scope) }))),
  /** The departments a person can be at home in. */
  departments: permitted("user.manage")
    .output(z.object({ items: z.array(z.object({ id: z.string(), name: z.string(), facilityName: z.string() })) }))
    .query(({ ctx }) =>
      ctx.work(async ({ connection, scope }) => ({ items: await listDepartments(connection, scope) })),
    ),
  facilities: permitted("user.manage")
    .output(z.array(facility))
    .query(({ ctx }) => ctx.work(({ tx, scope }) => listFacilities(tx, { tenantId: scope.tenantId }))),
});

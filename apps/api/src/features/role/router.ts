import { explainInput, explanation, role, roleCreate, roleUpdate } from "@infirmary/shared/role";
import { z } from "zod";
import { procedureNames } from "../../core/access/procedures.ts";
import { permitted, router } from "../../core/trpc.ts";
import { explainAccess } from "./explain.ts";
import { createRole, listRoles, updateRole } from "./roles.ts";

const tag = "Roles";
const example = {
  code: "ward_clerk",
  name: "Ward clerk",
  permissions: ["patient.read", "patient.write"],
  standard: null,
  isChanged: false,
  isActive: true,
  people: 2,
  version: 1,
};

export const roleRouter = router({
  list: permitted("role.manage", {
    method: "GET",
    path: "/roles/",
    tag,
    summary: "The roles of the organisation and what they may do",
    example: { response: { items: [example] } },
  })
    .output(z.object({ items: z.array(role) }))
    .query(({ ctx }) => ctx.work(async (work) => ({ items: await listRoles(work) }))),
  create: permitted(
    "role.manage",
    {
      method: "POST",
      path: "/roles/",
      tag,
      summary: "Make a role of the catalogue's permissions",
      status: 201,
      example: { request: { name: "Ward clerk", permissions: ["patient.read", "patient.write"] }, response: example },
    },
    { stepUp: true },
  )
    .input(roleCreate)
    .output(role)
    .mutation(({ ctx, input }) => ctx.work((work) => createRole(work, input))),
  update: permitted(
    "role.manage",
    {
      method: "PUT",
      path: "/roles/{code}/",
      tag,
      summary: "Change what a role may do; it holds in every session within five seconds",
      example: { request: { version: 1, permissions: ["patient.read"] }, response: { ...example, version: 2 } },
    },
    { stepUp: true },
  )
    .input(roleUpdate)
    .output(role)
    .mutation(({ ctx, input }) => ctx.work((work) => updateRole(work, input))),
  procedures: permitted("role.manage")
    .output(z.object({ items: z.array(z.string()) }))
    .query(() => ({ items: procedureNames() })),
  explain: permitted("role.manage")
    .input(explainInput)
    .output(explanation)
    .query(({ ctx, input }) => explainAccess(ctx, input)),
});

import { z } from "zod";
import { roleCode } from "../access/role.ts";
import { newPassword, username } from "../auth/index.ts";
import { text, uuid } from "../core/field.ts";
import { pageInput } from "../core/page.ts";
import { facility } from "../facility/index.ts";

/** PENDING waits for an admin, ACTIVE may sign in, INACTIVE may not. */
export const userStatus = z.enum(["PENDING", "ACTIVE", "INACTIVE"]);
export type UserStatus = z.infer<typeof userStatus>;

const heldRoles = z.array(roleCode).max(10);

/** Who somebody is at work: professional title, number in the professional register, home department. */
const staffProfile = {
  title: text(80).nullable(),
  registrationNumber: text(40).nullable(),
  departmentId: uuid.nullable(),
};
const profileInput = z.object(staffProfile).partial().shape;

/** What somebody may do at one facility. */
const membership = z.strictObject({ facilityId: uuid, roles: heldRoles });

export const user = z.object({
  id: z.string(),
  username: z.string(),
  fullName: z.string(),
  email: z.string(),
  roles: z.array(z.string()),
  roleNames: z.array(z.string()),
  facilities: z.array(facility),
  /** The roles held at each facility; `roles` and `facilities` are all of them together. */
  memberships: z.array(membership),
  ...staffProfile,
  status: userStatus,
  version: z.number(),
  createdAt: z.string(),
  updatedAt: z.string(),
  lastSignInAt: z.string().nullable(),
  /** Of a person without a password yet: until when the link sent last can be used, null while none is on its way. */
  invitation: z.object({ expiresAt: z.string().nullable(), isOpen: z.boolean() }).nullable(),
});
export type User = z.infer<typeof user>;

const email = z.email("Use a valid e-mail address.").max(254);
const facilityIds = z.array(uuid).max(50).optional();
const memberships = z.array(membership).max(50).optional();

/** A person an admin creates is active at once, invited to choose a password where none is given; without `facilityIds` the roles hold at every facility, with `memberships` each only where it says. */
export const userCreate = z
  .strictObject({
    username,
    password: newPassword.optional(),
    fullName: text(120),
    email,
    roles: heldRoles.default([]),
    facilityIds,
    memberships,
    ...profileInput,
  })
  .refine(({ roles, memberships = [] }) => roles.length > 0 || memberships.some((one) => one.roles.length > 0), {
    path: ["roles"],
    message: "Choose at least one role.",
  });
export type UserCreate = z.infer<typeof userCreate>;

/** What is absent stays as it is. `memberships` say what is held where; `roles` and `facilityIds` give every role at every facility named. Activating, deactivating and changing roles end the person's sessions. */
export const userUpdate = z.strictObject({
  id: uuid,
  version: z.coerce.number().int().min(1),
  fullName: text(120).optional(),
  email: email.optional(),
  roles: heldRoles.optional(),
  facilityIds,
  memberships,
  ...profileInput,
  status: userStatus.exclude(["PENDING"]).optional(),
});
export type UserUpdate = z.infer<typeof userUpdate>;

export const userList = pageInput.extend({
  status: userStatus.optional(),
  role: roleCode.optional(),
  q: z.string().max(100).optional(),
});
export type UserList = z.infer<typeof userList>;

export const resetPasswordInput = z.strictObject({ id: uuid, password: newPassword });

import type { Connection, Prisma, Tx } from "@infirmary/db/client";
import { roles as builtIn, type Role, roleNames } from "@infirmary/shared/access";
import type { User, UserStatus } from "@infirmary/shared/user";

type Scoped = { tenantId: string };
const withMemberships = { memberships: { select: { facilityId: true, role: true } } } as const;

export async function insertUserRow(
  tx: Tx,
  user: Scoped & {
    id: string;
    username: string;
    fullName: string;
    email: string;
    passwordHash: string | null;
    status: string;
  },
) {
  await tx.user.create({ data: user });
}

export async function insertLoginName(tx: Tx, name: Scoped & { userId: string; username: string }) {
  await tx.loginName.create({ data: name });
}

export function findUserById(tx: Tx, { tenantId, id }: Scoped & { id: string }) {
  return tx.user.findFirst({
    where: { tenantId, id },
    include: withMemberships,
    omit: { passwordHash: true },
  });
}

export type UserRow = NonNullable<Awaited<ReturnType<typeof findUserById>>>;

/** Of the people those who have no password yet, with the link sent to them last while it was not used. */
export async function listInvitations(
  connection: Connection,
  { tenantId, ids, at }: Scoped & { ids: readonly string[]; at: Date },
): Promise<ReadonlyMap<string, NonNullable<User["invitation"]>>> {
  const { rows } = await connection.query<{ id: string; expires_at: Date | null }>({
    name: "invitations",
    text: `SELECT u.id, l.expires_at FROM user_account u
             LEFT JOIN password_link l ON l.tenant_id = $1 AND l.user_id = u.id AND l.used_at IS NULL AND l.voided_at IS NULL
            WHERE u.tenant_id = $1 AND u.id = ANY ($2::uuid[]) AND u.password_hash IS NULL`,
    values: [tenantId, ids],
  });
  return new Map(
    rows.map(({ id, expires_at: expiresAt }) => [
      id,
      { expiresAt: expiresAt?.toISOString() ?? null, isOpen: expiresAt !== null && expiresAt > at },
    ]),
  );
}

/** A page of people, those who wait first, then by name. */
export function listUsers(
  tx: Tx,
  {
    tenantId,
    status,
    role,
    facilityIds = [],
    q,
    after,
    limit,
  }: Scoped & {
    status?: UserStatus | undefined;
    role?: string | undefined;
    /** Where a role counts. */
    facilityIds?: readonly string[];
    q?: string | undefined;
    after: { status: string; fullName: string; id: string } | null;
    limit: number;
  },
) {
  const filters: Prisma.UserWhereInput[] = [{ tenantId }];
  if (status) filters.push({ status });
  if (role) filters.push({ memberships: { some: { role, facilityId: { in: [...facilityIds] } } } });
  if (q)
    filters.push({
      OR: [
        { fullName: { contains: q, mode: "insensitive" } },
        { username: { contains: q.toLowerCase() } },
        { email: { contains: q, mode: "insensitive" } },
      ],
    });
  if (after) {
    filters.push({
      OR: [
        { status: { lt: after.status } },
        { status: after.status, fullName: { gt: after.fullName } },
        { status: after.status, fullName: after.fullName, id: { gt: after.id } },
      ],
    });
  }
  return tx.user.findMany({
    where: { AND: filters },
    include: withMemberships,
    omit: { passwordHash: true },
    orderBy: [{ status: "desc" }, { fullName: "asc" }, { id: "asc" }],
    take: limit,
  });
}

/** The facilities in use. */
export function listFacilities(tx: Tx, { tenantId }: Scoped) {
  return tx.facility.findMany({ where: { tenantId, isActive: true }, orderBy: { code: "asc" } });
}

/** Changes the row read at `version`; answers whether it was still that one. */
export async function updateUserRow(
  tx: Tx,
  { tenantId, id, version, data }: Scoped & { id: string; version: number; data: Prisma.UserUpdateManyMutationInput },
): Promise<boolean> {
  const { count } = await tx.user.updateMany({
    where: { tenantId, id, version },
    data: { ...data, version: version + 1, updatedAt: new Date() },
  });
  return count === 1;
}

/** What is held at facilities out of use stays, for when they are in use again; what stays keeps until when it holds. */
export async function replaceMemberships(
  tx: Tx,
  { tenantId, userId, memberships }: Scoped & { userId: string; memberships: { facilityId: string; role: string }[] },
) {
  const inUse = (await listFacilities(tx, { tenantId })).map(({ id }) => id);
  await tx.membership.deleteMany({
    where: { tenantId, userId, facilityId: { in: inUse }, NOT: { OR: memberships } },
  });
  await tx.membership.createMany({
    data: memberships.map((membership) => ({ tenantId, userId, ...membership })),
    skipDuplicates: true,
  });
}

/** The departments in use, with the facility each is of. */
export async function listDepartments(
  connection: Connection,
  { tenantId }: Scoped,
): Promise<{ id: string; name: string; facilityName: string }[]> {
  const { rows } = await connection.query<{ id: string; name: string; facilityName: string }>(
    `SELECT l.id, l.name, f.name AS "facilityName" FROM location l JOIN facility f ON f.tenant_id = $1 AND f.id = l.facility_id AND f.is_active
      WHERE l.tenant_id = $1 AND l.kind = 'DEPARTMENT' AND l.is_active ORDER BY f.name, l.name LIMIT 500`,
    [tenantId],
  );
  return rows;
}

/** Every role there is in the tenant by code and name, changed built-in ones under their new name, those that do not count left out. */
export async function listRoleNames(
  connection: Connection,
  { tenantId }: Scoped,
): Promise<{ code: string; name: string }[]> {
  const { rows } = await connection.query<{ code: string; name: string }>(
    "SELECT code, name FROM role WHERE tenant_id = $1 AND is_active ORDER BY name",
    [tenantId],
  );
  const own = new Map(rows.map(({ code, name }) => [code, name]));
  return [
    ...builtIn.options.map((code) => ({ code, name: own.get(code) ?? roleNames[code] })),
    ...rows.filter(({ code }) => !builtIn.options.includes(code as Role)),
  ];
}

export async function setPassword(
  tx: Tx,
  { tenantId, id, passwordHash }: Scoped & { id: string; passwordHash: string },
): Promise<boolean> {
  const { count } = await tx.user.updateMany({
    where: { tenantId, id },
    data: { passwordHash, updatedAt: new Date() },
  });
  return count === 1;
}

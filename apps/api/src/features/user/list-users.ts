import type { Page } from "@infirmary/shared/core";
import { type User, type UserList, userStatus } from "@infirmary/shared/user";
import { z } from "zod";
import { decodeCursor, pageFrom } from "../../core/cursor.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { listFacilities, listUsers as listUserRows } from "./store.ts";
import { placesOf, toUser } from "./user.ts";

const keys = z.strictObject({ status: userStatus, fullName: z.string(), id: z.uuid() });

/** The tenant's people, those who wait for approval first, then by name. */
export async function listUsers(work: Work, { limit, cursor, status, role, q }: UserList): Promise<Page<User>> {
  const { tx, scope } = work;
  const { tenantId } = scope;
  const after = decodeCursor(cursor, keys);
  const facilityIds = role ? (await listFacilities(tx, { tenantId })).map(({ id }) => id) : [];
  const rows = await listUserRows(tx, {
    tenantId,
    status,
    role,
    facilityIds,
    q: q?.trim() || undefined,
    after,
    limit: limit + 1,
  });
  const places = await placesOf(work, rows);
  return pageFrom(
    rows,
    limit,
    (row) => toUser(row, places),
    ({ status, fullName, id }) => ({ status, fullName, id }),
  );
}

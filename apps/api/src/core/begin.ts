const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether the text is an id of ours: a UUID in lower case, which cannot hold SQL. */
export const isId = (text: string): boolean => uuid.test(text);

/**
 * Opens a transaction that names the tenant, and the person and where that person works if there is one, for row-level security until
 * it ends. One text, so that it is one message. Throws for an id that is none.
 */
export function beginIn(scope: {
  tenantId: string;
  userId?: string | null;
  facilityId?: string | null;
  /** The database refuses every change. */
  isReadOnly?: boolean;
}): string {
  const { tenantId, userId = null, facilityId = null, isReadOnly = false } = scope;
  if (![tenantId, userId, facilityId].every((id) => id === null || isId(id)))
    throw new Error("A scope's ids must be UUIDs.");
  return `BEGIN${isReadOnly ? " READ ONLY" : ""}; SELECT set_config('app.tenant_id', '${tenantId}', true), set_config('app.user_id', '${userId ?? ""}', true), set_config('app.facility_id', '${facilityId ?? ""}', true)`;
}

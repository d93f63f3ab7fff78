const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether the text is an id of ours: a UUID in lower case, which cannot hold SQL. */
export const isId = (text: string): boolean => uuid.test(text);

/**
 * Opens a transaction that names the tenant, and the person where there is one, for row-level security until it ends. One text, so that
 * it is one message. Throws for an id that is none.
 */
export function beginIn({ tenantId, userId = null }: { tenantId: string; userId?: string | null }): string {
  if (!isId(tenantId) || (userId !== null && !isId(userId))) throw new Error("A scope's ids must be UUIDs.");
  return `BEGIN; SELECT set_config('app.tenant_id', '${tenantId}', true), set_config('app.user_id', '${userId ?? ""}', true)`;
}

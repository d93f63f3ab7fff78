import type { Board, Display, ServicePoint } from "@infirmary/shared/queue";
import { AppError } from "../../core/app-error.ts";
import { newId } from "../../core/id.ts";
import type { Platform } from "../../core/platform.ts";
import { inWork, type Work } from "../../core/unit-of-work.ts";
import { hashOfToken, newToken, tenantOfToken } from "../auth/index.ts";
import {
  insertDisplay,
  insertPoint,
  listDisplays,
  listPoints,
  readBoard,
  revokeDisplay,
  updatePoint,
} from "./point-store.ts";

function placeOf({ scope }: Work) {
  if (!scope.actor) throw new AppError("not-signed-in");
  return { tenantId: scope.tenantId, facilityId: scope.actor.facility.id, userId: scope.actor.userId };
}

/** The service points of the facility worked at, those in use first. */
export async function readPoints(work: Work): Promise<{ items: ServicePoint[] }> {
  return { items: await listPoints(work.connection, placeOf(work)) };
}

export async function addPoint(work: Work, input: { code: string; name: string }): Promise<{ items: ServicePoint[] }> {
  const id = newId();
  await insertPoint(work.connection, { ...placeOf(work), ...input, id });
  work.audit({ action: "queue.add-point", entity: "service_point", entityId: id, after: input });
  work.emit({ name: "queue.points-changed" });
  return readPoints(work);
}

export async function savePoint(
  work: Work,
  input: { id: string; version: number; code: string; name: string; isActive: boolean },
): Promise<{ items: ServicePoint[] }> {
  const place = placeOf(work);
  const before = (await listPoints(work.connection, place)).find(({ id }) => id === input.id);
  if (!before) throw new AppError("not-found");
  if (!(await updatePoint(work.connection, { ...place, ...input })))
    throw new AppError("stale-version", { current: before });
  const { id, version: _, ...after } = input;
  const { code, name, isActive } = before;
  work.audit({
    action: "queue.change-point",
    entity: "service_point",
    entityId: id,
    before: { code, name, isActive },
    after,
  });
  work.emit({ name: "queue.points-changed" });
  return readPoints(work);
}

export async function readDisplays(work: Work): Promise<{ items: Display[] }> {
  return { items: await listDisplays(work.connection, placeOf(work)) };
}

/** Makes a link for a screen in the waiting room. The secret in it is told this once; the database keeps its hash. */
export async function addDisplay(work: Work, { name }: { name: string }): Promise<{ id: string; token: string }> {
  const { tenantId, facilityId, userId } = placeOf(work);
  const token = newToken(tenantId);
  const id = newId();
  const tokenHash = hashOfToken(token);
  await insertDisplay(work.connection, { tenantId, facilityId, id, name, tokenHash, createdById: userId });
  work.audit({ action: "queue.add-display", entity: "waiting_display", entityId: id, after: { name } });
  return { id, token };
}

/** Takes a screen down: its link shows nothing any more. */
export async function takeDown(work: Work, { id }: { id: string }): Promise<{ items: Display[] }> {
  if (!(await revokeDisplay(work.connection, { ...placeOf(work), id, now: work.now }))) throw new AppError("not-found");
  work.audit({ action: "queue.revoke-display", entity: "waiting_display", entityId: id });
  return readDisplays(work);
}

/** What a waiting room sees: numbers and places. Whoever has the link may look; an unknown or revoked one is `not-found`. */
export async function lookAtBoard(
  platform: Platform,
  { token, requestId, ip }: { token: string; requestId: string; ip: string },
): Promise<Board> {
  const tenantId = tenantOfToken(token);
  if (!tenantId) throw new AppError("not-found");
  const tokenHash = hashOfToken(token);
  const board = await inWork(platform, { tenantId, actor: null, requestId, ip }, ({ connection, now }) =>
    readBoard(connection, { tenantId, tokenHash, now }),
  );
  if (!board) throw new AppError("not-found");
  return board;
}

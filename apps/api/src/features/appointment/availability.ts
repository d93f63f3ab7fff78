import type { Availability, AvailabilityInput, Slot, SlotQuery } from "@infirmary/shared/appointment";
import { acrossFacilities } from "../../core/access/across-facilities.ts";
import { AppError } from "../../core/app-error.ts";
import { newId } from "../../core/id.ts";
import type { Work } from "../../core/unit-of-work.ts";
import {
  deleteAvailability,
  insertAbsence,
  insertAvailability,
  listAvailability,
  listTaken,
} from "./availability-store.ts";
import { slotsOf } from "./slots.ts";
import { isProviderAt, isRoomAt } from "./store.ts";

/** A provider's free times within a span at the facility worked at, from now on. No patient is in it. */
export async function freeSlots(work: Work, { providerId, from, to }: SlotQuery): Promise<{ items: Slot[] }> {
  const { connection, scope, now } = work;
  const { tenantId, actor } = scope;
  if (!actor) throw new AppError("not-signed-in");
  const start = new Date(Math.max(Date.parse(from), now.getTime()));
  if (start >= new Date(to)) return { items: [] };
  const all = await listAvailability(connection, { tenantId, providerId });
  const hours = all.filter(({ facilityId }) => facilityId === actor.facility.id);
  const roomIds = [...new Set(hours.flatMap(({ roomId }) => roomId ?? []))];
  const taken = await acrossFacilities(work, () =>
    listTaken(connection, { tenantId, providerId, roomIds, from: start.toISOString(), to }),
  );
  return { items: slotsOf(hours, taken, { start, end: new Date(to) }) };
}

/** Adds weekly hours of a provider at the facility worked at. */
export async function addAvailability(work: Work, input: AvailabilityInput): Promise<{ items: Availability[] }> {
  const { connection, scope, audit } = work;
  const { tenantId, actor } = scope;
  if (!actor) throw new AppError("not-signed-in");
  const facilityId = actor.facility.id;
  await requireProvider(work, { providerId: input.providerId, facilityId });
  if (input.roomId && !(await isRoomAt(connection, { tenantId, id: input.roomId, facilityId })))
    throw fault("roomId", "No room of this facility is known by this id.");
  const id = newId();
  const hours = { ...input, roomId: input.roomId ?? null, validUntil: input.validUntil ?? null };
  await insertAvailability(connection, { ...hours, tenantId, id, facilityId });
  audit({ action: "availability.add", entity: "availability", entityId: id, after: hours });
  return { items: await listAvailability(connection, { tenantId, providerId: input.providerId }) };
}

/** Takes weekly hours away; what is booked stays booked. */
export async function removeAvailability(work: Work, { id }: { id: string }): Promise<void> {
  const { connection, scope, audit } = work;
  const { tenantId, actor } = scope;
  if (!actor || !(await deleteAvailability(connection, { tenantId, id, facilityId: actor.facility.id })))
    throw new AppError("not-found");
  audit({ action: "availability.remove", entity: "availability", entityId: id });
}

/** Keeps that a provider is away; what is booked stays booked and is moved by hand. */
export async function addAbsence(
  work: Work,
  input: { providerId: string; start: string; end: string },
): Promise<{ id: string }> {
  const { connection, scope, audit } = work;
  const { tenantId, actor } = scope;
  if (!actor) throw new AppError("not-signed-in");
  await requireProvider(work, { providerId: input.providerId, facilityId: actor.facility.id });
  if (Date.parse(input.start) >= Date.parse(input.end)) throw fault("end", "The end lies after the start.");
  const id = newId();
  await insertAbsence(connection, { ...input, tenantId, id });
  audit({ action: "availability.absence", entity: "availability_exception", entityId: id, after: input });
  return { id };
}

async function requireProvider(
  { connection, scope }: Work,
  { providerId, facilityId }: { providerId: string; facilityId: string },
): Promise<void> {
  if (!(await isProviderAt(connection, { tenantId: scope.tenantId, id: providerId, facilityId })))
    throw fault("providerId", "No doctor of this facility is known by this id.");
}

const fault = (path: string, message: string) => new AppError("validation-failed", { errors: [{ path, message }] });

import type { Permission } from "@infirmary/shared/access";
import type { LiveEvent } from "@infirmary/shared/notification";
import type { StoredEvent } from "../../core/event.ts";
import { newId } from "../../core/id.ts";
import type { Platform } from "../../core/platform.ts";
import { atFacility, type Session } from "../../core/scope.ts";
import { isLocked, locksAt } from "../../core/session/lock.ts";
import { forgetsSessions } from "../../core/session/session-cache.ts";
import { inWork } from "../../core/unit-of-work.ts";
import { listEventsSince } from "./store.ts";

const dayMs = 86_400_000;

/** Who may hear of an event that is not addressed to one person; the rest is not told. */
const audience: Record<string, Permission> = {
  "result.filed": "result.read",
  "result.corrected": "result.read",
  "order.created": "order.read",
  "order.changed": "order.read",
  "patient.changed": "patient.read",
  "catalog.changed": "catalog.read",
  "specimen.changed": "specimen.read",
  "lab-result.changed": "result.enter",
  "critical-call.logged": "result.verify",
  "unmatched.changed": "result.upload",
  "user.changed": "user.manage",
  "appointment.booked": "appointment.read",
  "appointment.changed": "appointment.read",
  "queue.changed": "queue.read",
  "queue.points-changed": "queue.read",
  "break-glass.opened": "privacy.review",
  "break-glass.ended": "privacy.review",
  "break-glass.reviewed": "privacy.review",
  "encounter.created": "encounter.read",
  "encounter.changed": "encounter.read",
  "encounter.overridden": "encounter.read",
  "vitals.recorded": "encounter.read",
  "vitals.scale-set": "encounter.read",
  "diagnosis.added": "encounter.read",
  "diagnosis.withdrawn": "encounter.read",
  "problem.changed": "encounter.read",
  "allergy.changed": "patient.read",
  "document.created": "document.read",
  "document.signed": "document.read",
  "document.amending": "document.read",
  "document.discarded": "document.read",
  "document.restored": "document.read",
  "attachment.added": "document.read",
  "attachment.removed": "document.read",
  "attachment.restored": "document.read",
};

/** Whether the person may hear of the event. */
export function mayHear(session: Session, event: StoredEvent): boolean {
  if (event.tenantId !== session.tenantId) return false;
  if (event.userId !== null) return event.userId === session.userId && event.name !== "session.ended";
  if (event.name === "role.changed" || event.name === "facility.changed") return true;
  const permission = audience[event.name];
  return permission !== undefined && session.permissions.has(permission) && isOfMyPatients(session, event);
}

/** A patient's event is for the facility the person works at and for the care team. */
function isOfMyPatients(session: Session, { patientId, facilityIds, personIds }: StoredEvent): boolean {
  if (patientId === null) return true;
  return Boolean(facilityIds?.includes(session.facility.id) || personIds?.includes(session.userId));
}

/**
 * The person's events from `lastEventId` on, then live, until the session ends or the client goes. After the database was away the
 * stream starts over from the table, so that nothing is missed.
 */
export async function* liveEvents(
  platform: Platform,
  opened: Session,
  { lastEventId, signal }: { lastEventId: string | null; signal: AbortSignal },
): AsyncGenerator<LiveEvent> {
  let session = opened;
  const queue: (StoredEvent | "resumed")[] = [];
  let last = lastEventId;
  let wake = () => {};
  const arrived = (event: StoredEvent | "resumed") => {
    queue.push(event);
    wake();
  };
  const offEvent = platform.live.onEvent((event) => {
    if (mayHear(session, event) || (forgetsSessions(event.name) && event.tenantId === session.tenantId)) arrived(event);
  });
  const offResume = platform.live.onResume(() => arrived("resumed"));
  signal.addEventListener("abort", () => wake(), { once: true });
  const sent = new Set<string>();
  try {
    for (const event of await missed(platform, session, lastEventId)) {
      sent.add(event.id);
      last = event.id;
      yield told(event);
    }
    while (!signal.aborted) {
      const event = queue.shift();
      if (!event) {
        // A locked or expired screen hears nothing more: a person's action since then has moved the hour.
        const at = endsAt(session);
        const timer = setTimeout(() => arrived("resumed"), Math.min(Math.max(at - platform.now().getTime(), 0), dayMs));
        await new Promise<void>((resolve) => {
          wake = resolve;
          if (queue.length > 0 || signal.aborted) resolve();
        });
        clearTimeout(timer);
        continue;
      }
      if (event === "resumed" || forgetsSessions(event.name)) {
        // Ended, locked, or with other rights from now on: at the facility the stream was opened for, or not at all.
        const found = await platform.sessions.findNow(session.tenantId, session.id);
        const present = found && atFacility(found, session.facility.id);
        if (!present || isLocked(platform, present)) return;
        session = present;
      }
      if (event === "resumed") {
        // What other processes said while their notices could not be heard; with no event yet, the last seconds.
        for (const lost of await missed(platform, session, last ?? newId())) {
          last = lost.id;
          yield told(lost);
        }
        continue;
      }
      if (sent.has(event.id) || !mayHear(session, event)) continue;
      last = event.id;
      yield told(event);
    }
  } finally {
    offEvent();
    offResume();
  }
}

/** When the stream has to ask again whether it may go on, in milliseconds of the clock. */
const endsAt = (session: Session) =>
  Math.min(session.expiresAt.getTime(), (locksAt(session) ?? session.expiresAt).getTime());

async function missed(platform: Platform, session: Session, lastEventId: string | null): Promise<StoredEvent[]> {
  if (!lastEventId) return [];
  const scope = { tenantId: session.tenantId, actor: session, requestId: "live", ip: null };
  const events = await inWork(platform, scope, ({ connection }) =>
    listEventsSince(connection, { tenantId: session.tenantId, lastEventId }),
  );
  return events.filter((event) => mayHear(session, event));
}

const told = ({ id, name, orderId, patientId, at }: StoredEvent): LiveEvent => ({ id, name, orderId, patientId, at });

import type { Notification } from "@infirmary/shared/notification";
import { newId } from "../../core/id.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { insertNotifications } from "./store.ts";

/** What the bell shows; the title names no patient. */
export type Notice = {
  kind: Notification["kind"];
  title: string;
  orderId?: string | null;
  patientId?: string | null;
};

/** Tells each of the people something, in the work's transaction; their bells ring after the commit. */
export async function notify(work: Work, userIds: readonly string[], about: Notice): Promise<void> {
  await notifyEach(
    work,
    [...new Set(userIds)].map((userId) => ({ userId, ...about })),
  );
}

/** Tells people different things, in one statement. */
export async function notifyEach(work: Work, notices: readonly (Notice & { userId: string })[]): Promise<void> {
  if (notices.length === 0) return;
  for (const { userId, orderId = null, patientId = null } of notices)
    work.emit({ name: "notification.created", userId, orderId, patientId });
  await insertNotifications(
    work.connection,
    notices.map(({ userId, kind, title, orderId = null, patientId = null }) => ({
      tenantId: work.scope.tenantId,
      id: newId(),
      userId,
      kind,
      title,
      orderId,
      patientId,
    })),
  );
}

import type { Notification } from "@infirmary/shared/notification";
import { newId } from "../../core/id.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { insertNotifications } from "./store.ts";

/** Tells each of the people something, in the work's transaction; their bells ring after the commit. */
export async function notify(
  work: Work,
  userIds: readonly string[],
  about: { kind: Notification["kind"]; title: string; orderId?: string | null; patientId?: string | null },
): Promise<void> {
  const people = [...new Set(userIds)];
  if (people.length === 0) return;
  await insertNotifications(
    work.connection,
    people.map((userId) => ({
      tenantId: work.scope.tenantId,
      id: newId(),
      userId,
      kind: about.kind,
      title: about.title,
      orderId: about.orderId ?? null,
      patientId: about.patientId ?? null,
    })),
  );
  for (const userId of people)
    work.emit({
      name: "notification.created",
      userId,
      orderId: about.orderId ?? null,
      patientId: about.patientId ?? null,
    });
}

import type { Notification } from "@infirmary/shared/notification";

/** The screen where one deals with what a notification tells. */
export function placeOf({ kind, orderId, patientId }: Pick<Notification, "kind" | "orderId" | "patientId">): string {
  if (orderId) return `/orders/${orderId}`;
  if (patientId) return `/patients/${patientId}`;
  if (kind === "break-glass") return "/break-glass";
  if (kind === "audit-alarm") return "/audit";
  if (kind === "account-locked" || kind === "password-reset") return "/account";
  return kind === "account-pending" ? "/people" : "/";
}

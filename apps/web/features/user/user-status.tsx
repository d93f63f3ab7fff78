import type { UserStatus } from "@infirmary/shared/user";
import { StatusBadge } from "#ui/status-badge.tsx";

export const userStatusNames: Record<UserStatus, string> = {
  PENDING: "Waits for approval",
  ACTIVE: "Active",
  INACTIVE: "Deactivated",
};
const tones = { PENDING: "accent", ACTIVE: "plain", INACTIVE: "muted" } as const;

/** Whether the person may sign in, as a word. */
export function UserStatusBadge({ status }: { status: UserStatus }) {
  return <StatusBadge tone={tones[status]}>{userStatusNames[status]}</StatusBadge>;
}

import type { User, UserStatus } from "@infirmary/shared/user";
import { StatusBadge } from "#ui/status-badge.tsx";

export const userStatusNames: Record<UserStatus, string> = {
  PENDING: "Waits for approval",
  ACTIVE: "Active",
  INACTIVE: "Deactivated",
};
const tones = { PENDING: "accent", ACTIVE: "plain", INACTIVE: "muted" } as const;

/** Whether the person may sign in, as a word. */
export function UserStatusBadge({ status, invitation }: Pick<User, "status" | "invitation">) {
  if (status === "ACTIVE" && invitation) {
    const isOver = !invitation.isOpen && invitation.expiresAt !== null;
    return <StatusBadge tone={isOver ? "muted" : "accent"}>{isOver ? "Invitation ran out" : "Invited"}</StatusBadge>;
  }
  return <StatusBadge tone={tones[status]}>{userStatusNames[status]}</StatusBadge>;
}

import type { Permission } from "@infirmary/shared/access";
import type { Workplace } from "@infirmary/shared/auth";
import type { Facility } from "@infirmary/shared/facility";

/** A facility a person works at, what as and until when. */
export type Membership = Workplace & { permissions: ReadonlySet<Permission>; validUntil: Date | null };

/** Who is signed in, through which session, working where: roles and permissions are those held at that facility. */
export type Session = {
  id: string;
  kind: "BROWSER" | "TOKEN";
  tenantId: string;
  tenantName: string;
  userId: string;
  username: string;
  fullName: string;
  email: string;
  /** Where the person works now. */
  facility: Facility;
  roles: string[];
  roleNames: string[];
  permissions: ReadonlySet<Permission>;
  /** When the membership at this facility runs out. */
  validUntil: Date | null;
  /** All the person's facilities, the present one first. */
  facilities: Membership[];
  expiresAt: Date;
  /** When the person last proved who they are: by signing in, or again for a sensitive step. */
  authenticatedAt: Date;
  /** When a person last acted in it, whether they locked it, and after how many idle minutes it locks itself. */
  lock: { activeAt: Date; lockedAt: Date | null; idleMinutes: number };
  /** Whether the organisation asks this person for a second factor, and whether there is one. */
  factor: { isRequired: boolean; isThere: boolean };
};

/** The session with its person working at another of the person's facilities; null where it is none of them. */
export function atFacility(session: Session, facilityId: string): Session | null {
  if (session.facility.id === facilityId) return session;
  const place = session.facilities.find(({ id }) => id === facilityId);
  if (!place) return null;
  return {
    ...session,
    ...workAt(place),
    facilities: [place, ...session.facilities.filter((other) => other !== place)],
  };
}

/** What of a session hangs on the facility. */
export function workAt({ id, code, name, timeZone, roles, roleNames, permissions, validUntil }: Membership) {
  return { facility: { id, code, name, timeZone }, roles, roleNames, permissions, validUntil };
}

/** In whose name, in which tenant and for which request work is done; every audit entry carries it. */
export type Scope = {
  tenantId: string;
  actor: Session | null;
  requestId: string;
  ip: string | null;
};

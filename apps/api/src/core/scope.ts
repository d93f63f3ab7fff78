import type { Role } from "@infirmary/shared/access";
import type { Facility } from "@infirmary/shared/facility";

/** Who is signed in, where, through which session. */
export type Session = {
  id: string;
  kind: "BROWSER" | "TOKEN";
  tenantId: string;
  tenantName: string;
  userId: string;
  username: string;
  fullName: string;
  email: string;
  roles: Role[];
  facilities: Facility[];
  expiresAt: Date;
  /** When the person last proved who they are: by signing in, or again for a sensitive step. */
  authenticatedAt: Date;
  /** Whether the organisation asks this person for a second factor, and whether there is one. */
  factor: { isRequired: boolean; isThere: boolean };
};

/** In whose name, in which tenant and for which request work is done; every audit entry carries it. */
export type Scope = {
  tenantId: string;
  actor: Session | null;
  requestId: string;
  ip: string | null;
};

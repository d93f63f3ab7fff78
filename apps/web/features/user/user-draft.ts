import { type Role, roleNames } from "@infirmary/shared/access";
import type { Facility } from "@infirmary/shared/facility";
import type { User } from "@infirmary/shared/user";
import type { UserDraft } from "./user-fields.tsx";

/** A person as the form shows one. */
export const draftOfUser = (person: User): UserDraft => ({
  fullName: person.fullName,
  email: person.email,
  roles: person.roles,
  facilityIds: person.facilities.map((facility) => facility.id),
});

export type UserClash = { label: string; theirs: string; mine: string };

/** Where the person as saved by somebody else and the form differ, in words, for showing side by side. */
export function userClashes(current: User, draft: UserDraft, facilities: readonly Facility[]): UserClash[] {
  const theirs = words(draftOfUser(current), facilities);
  const mine = words(draft, facilities);
  return theirs.flatMap(([label, value], index) => {
    const own = mine[index]?.[1] ?? "";
    return value === own ? [] : [{ label, theirs: value, mine: own }];
  });
}

function words(draft: UserDraft, facilities: readonly Facility[]): [label: string, value: string][] {
  const at = facilities.filter((facility) => draft.facilityIds.includes(facility.id));
  return [
    ["Full name", draft.fullName.trim()],
    ["E-mail", draft.email.trim()],
    ["Roles", [...draft.roles].sort().map(nameOfRole).join(", ") || "None"],
    ["Facilities", at.map((facility) => facility.name).join(", ") || "None"],
  ];
}

/** What a role is called: a tenant's own by its code, which comes from its name. */
const nameOfRole = (code: string) =>
  Object.hasOwn(roleNames, code) ? roleNames[code as Role] : code.replace(/_/g, " ");

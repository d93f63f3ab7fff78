import type { User } from "@infirmary/shared/user";
import Link from "next/link";
import type { Column } from "#ui/data-table.tsx";
import { DateTime } from "#ui/date-time.tsx";
import { UserStatusBadge } from "./user-status.tsx";

const name: Column<User> = {
  key: "name",
  header: "Name",
  cell: (person) => (
    <Link href={`/people/${person.id}`} data-row-main>
      <bdi>{person.fullName}</bdi>
    </Link>
  ),
};
const username: Column<User> = {
  key: "username",
  header: "User name",
  width: "150px",
  cell: (person) => person.username,
};

/** The columns of the list of accounts that wait; their name opens the page that approves. */
export const pendingColumns: readonly Column<User>[] = [
  name,
  username,
  { key: "email", header: "E-mail", cell: (person) => person.email },
  {
    key: "asked",
    header: "Asked on",
    width: "150px",
    nowrap: true,
    cell: (person) => <DateTime at={person.createdAt} />,
  },
];

/** The columns of the list of people. */
export const userColumns: readonly Column<User>[] = [
  name,
  username,
  {
    key: "roles",
    header: "Roles",
    cell: (person) => person.roleNames.join(", ") || "None yet",
  },
  {
    key: "facilities",
    header: "Facilities",
    yields: "first",
    cell: (person) => person.facilities.map((facility) => facility.name).join(", ") || "None yet",
  },
  {
    key: "status",
    header: "Status",
    width: "150px",
    nowrap: true,
    cell: (person) => <UserStatusBadge status={person.status} invitation={person.invitation} />,
  },
  {
    key: "seen",
    header: "Last sign-in",
    width: "150px",
    nowrap: true,
    yields: "second",
    cell: (person) => (person.lastSignInAt ? <DateTime at={person.lastSignInAt} /> : "Never"),
  },
];

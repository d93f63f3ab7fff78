"use client";
import type { User } from "@infirmary/shared/user";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { apiError } from "#lib/trpc/api-error.ts";
import { DateTime } from "#ui/date-time.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { FactList } from "#ui/fact-list.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { PageSkeleton } from "#ui/page-skeleton.tsx";
import { Section } from "#ui/section.tsx";
import { EditUser } from "./edit-user.tsx";
import { PersonActions } from "./person-actions.tsx";
import { useUser } from "./queries.ts";
import classes from "./user.module.css";
import { UserFactors } from "./user-factors.tsx";
import { UserSessions } from "./user-sessions.tsx";
import { UserStatusBadge } from "./user-status.tsx";

function InvitationState({ expiresAt, isOpen }: NonNullable<User["invitation"]>) {
  if (!expiresAt) return "On its way";
  return (
    <>
      {isOpen ? "Good until" : "Ran out"} <DateTime at={expiresAt} />
    </>
  );
}

/** One person: what they may do and where, whether they may sign in, where they are signed in, why they were refused. */
export function Person({ id }: { id: string }) {
  const query = useQuery(useUser(id));
  const person = query.data;
  if (!person) {
    if (!query.error) return <PageSkeleton />;
    const error = apiError(query.error);
    const isAbsent = error.code === "not-found" || error.code === "validation-failed";
    return (
      <>
        <PageHeader title={isAbsent ? "Person not found" : "Person"} />
        {isAbsent ? (
          <EmptyState title="There is no such person." />
        ) : (
          <ErrorState error={error} onRetry={() => void query.refetch()} />
        )}
      </>
    );
  }
  return (
    <>
      <PageHeader
        title={person.fullName}
        description={<UserStatusBadge status={person.status} invitation={person.invitation} />}
        actions={<PersonActions person={person} />}
      />
      <div className={classes.page}>
        <Section title={person.status === "PENDING" ? "Approve this account" : "Roles and details"}>
          <EditUser key={`${person.id} ${person.status}`} person={person} />
        </Section>
        <div className={classes.side}>
          <Section title="Account">
            <FactList
              facts={[
                ["User name", person.username],
                ["Created", <DateTime key="v" at={person.createdAt} />],
                ["Last changed", <DateTime key="v" at={person.updatedAt} />],
                ...(person.invitation
                  ? ([["Invitation", <InvitationState key="v" {...person.invitation} />]] as const)
                  : []),
                ["Last sign-in", person.lastSignInAt ? <DateTime key="v" at={person.lastSignInAt} /> : "Never"],
              ]}
            />
          </Section>
          {person.status !== "PENDING" && <UserFactors person={person} />}
          {person.status !== "PENDING" && <UserSessions person={person} />}
          <p>
            <Link href={`/audit?person=${person.id}`}>What this person did</Link> ·{" "}
            <Link href={`/audit?person=${person.id}&outcome=refused`}>What was refused to this person</Link>
          </p>
        </div>
      </div>
    </>
  );
}

"use client";
import { useMe } from "#lib/session/me.tsx";
import { FactList } from "#ui/fact-list.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Section } from "#ui/section.tsx";
import classes from "./account.module.css";
import { ChangePassword } from "./change-password.tsx";
import { MySessions } from "./my-sessions.tsx";
import { SecondFactor } from "./second-factor.tsx";

/** The person's own account: who they are here, the password, and where they are signed in. */
export function Account() {
  const { me } = useMe();
  return (
    <>
      <PageHeader title="My account" />
      {me.needsFactor && (
        <p role="status" className={classes.notice}>
          Your organisation asks administrators for a second factor. Set one up here; the rest of Infirmary opens then.
        </p>
      )}
      <div className={classes.page}>
        <div className={classes.column}>
          <Section title="Profile">
            <FactList
              facts={[
                ["Name", <bdi key="v">{me.fullName}</bdi>],
                ["User name", me.username],
                ["E-mail", me.email],
                ["Roles", me.roleNames.join(", ")],
                ["Organisation", me.tenantName],
                ["Facilities", me.facilities.map((facility) => facility.name).join("\n") || "None"],
              ]}
            />
            <p className={classes.hint}>An administrator can change these.</p>
          </Section>
          <Section title="Change password">
            <ChangePassword />
          </Section>
        </div>
        <div className={classes.column}>
          <SecondFactor />
          {!me.needsFactor && <MySessions />}
        </div>
      </div>
    </>
  );
}

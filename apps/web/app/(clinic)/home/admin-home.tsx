"use client";
import { RecentRefusals } from "#features/audit/recent-refusals.tsx";
import { SealPill } from "#features/audit/seal-pill.tsx";
import { PendingUsers } from "#features/user/pending-users.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import classes from "./home.module.css";

/** Where an administrator starts: who waits for an account, and who was refused what. */
export function AdminHome() {
  return (
    <>
      <PageHeader title="Home" actions={<SealPill />} />
      <div className={classes.parts}>
        <PendingUsers />
        <RecentRefusals />
      </div>
    </>
  );
}

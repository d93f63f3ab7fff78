"use client";
import type { Role } from "@infirmary/shared/role";
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { DataTable } from "#ui/data-table.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { Section } from "#ui/section.tsx";
import { Explain } from "./explain.tsx";
import { useRoleList } from "./queries.ts";
import { RoleDialog } from "./role-dialog.tsx";

const kindOf = ({ standard, isChanged, isActive }: Role) =>
  standard ? (isChanged ? "Built in, changed" : "Built in") : isActive ? "Own" : "Own, not in use";

/** What each role may do, and why somebody may not. */
export function RoleList() {
  const query = useQuery(useRoleList());
  const [opened, setOpened] = useState<Role | "new" | null>(null);
  return (
    <>
      <PageHeader
        title="Roles"
        description="What people may do. A change holds in every session within five seconds."
        actions={<Button onClick={() => setOpened("new")}>New role</Button>}
      />
      <DataTable
        caption="Roles"
        columns={[
          { key: "name", header: "Role", cell: ({ name }) => <strong>{name}</strong> },
          { key: "kind", header: "Kind", cell: kindOf },
          { key: "count", header: "Permissions", align: "right", cell: ({ permissions }) => permissions.length },
          { key: "people", header: "People", align: "right", cell: ({ people }) => people },
          {
            key: "change",
            header: "",
            width: "110px",
            cell: (role) => (
              <Button size="compact-sm" variant="default" data-row-main onClick={() => setOpened(role)}>
                Change
              </Button>
            ),
          },
        ]}
        rows={query.data?.items}
        rowKey={({ code }) => code}
        rowTone={({ isActive }) => (isActive ? undefined : "muted")}
        error={query.error && apiError(query.error)}
        onRetry={() => void query.refetch()}
        empty={{ title: "No roles." }}
      />
      <Section title="Why was somebody refused?">
        <Explain />
      </Section>
      {opened && (
        <RoleDialog
          key={opened === "new" ? "new" : `${opened.code}.${opened.version}`}
          role={opened === "new" ? null : opened}
          onClose={() => setOpened(null)}
        />
      )}
    </>
  );
}

"use client";
import { type UserStatus, userStatus } from "@infirmary/shared/user";
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { DataTable } from "#ui/data-table.tsx";
import { FilterBar } from "#ui/filter-bar.tsx";
import { useListState } from "#ui/list-state.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { useShortcut } from "#ui/shortcut.tsx";
import { useRoles, useUserList } from "./queries.ts";
import { userColumns } from "./user-columns.tsx";
import { userStatusNames } from "./user-status.tsx";

const pageSize = 50;
type Filter = { q: string; status: UserStatus | ""; role: string };
const noFilter: Filter = { q: "", status: "", role: "" };

/** Everybody with an account, those who wait for approval first. */
export function UserList() {
  const router = useRouter();
  const me = useMe();
  const roles = useQuery(useRoles());
  const list = useListState("people", noFilter);
  const { status, role } = list.filter;
  const [q] = useDebouncedValue(list.filter.q.trim(), 200);
  const query = useQuery(
    useUserList({
      limit: pageSize,
      ...(list.cursor ? { cursor: list.cursor } : {}),
      ...(q ? { q } : {}),
      ...(status ? { status } : {}),
      ...(role ? { role } : {}),
    }),
  );
  const next = query.data?.nextCursor;
  const isFiltered = q !== "" || status !== "" || role !== "";
  useShortcut({ keys: "n", label: "Add a person", group: "People" }, () => router.push("/people/new"));
  return (
    <>
      <PageHeader
        title="People"
        actions={
          <>
            {me.can("role.manage") && (
              <Button component={Link} href="/people/roles" variant="default">
                Roles
              </Button>
            )}
            {me.can("policy.manage") && (
              <Button component={Link} href="/people/sign-in-rules" variant="default">
                Sign-in rules
              </Button>
            )}
            <Button component={Link} href="/people/new">
              Add person
            </Button>
          </>
        }
      />
      <FilterBar isFiltered={isFiltered} onClear={list.reset}>
        <TextInput
          label="Name, user name or e-mail"
          type="search"
          autoComplete="off"
          maxLength={100}
          value={list.filter.q}
          onChange={(event) => list.setFilter({ q: event.currentTarget.value })}
        />
        <NativeSelect
          label="Status"
          value={status}
          data={[
            { value: "", label: "Any" },
            ...userStatus.options.map((value) => ({ value, label: userStatusNames[value] })),
          ]}
          onChange={(event) => list.setFilter({ status: event.currentTarget.value as Filter["status"] })}
        />
        <NativeSelect
          label="Role"
          value={role}
          data={[
            { value: "", label: "Any" },
            ...(roles.data?.items.map(({ code, name }) => ({ value: code, label: name })) ?? []),
          ]}
          onChange={(event) => list.setFilter({ role: event.currentTarget.value })}
        />
      </FilterBar>
      <DataTable
        caption="People"
        columns={userColumns}
        rows={query.data?.items}
        rowKey={(person) => person.id}
        rowTone={(person) => (person.status === "INACTIVE" ? "muted" : undefined)}
        error={query.error && apiError(query.error)}
        onRetry={() => void query.refetch()}
        empty={{ title: "Nobody found.", hint: "Clear the filters to see everybody." }}
        paging={{
          page: list.page,
          hasNext: Boolean(next),
          onNext: () => next && list.next(next),
          onPrevious: list.previous,
        }}
        isStale={query.isPlaceholderData}
      />
    </>
  );
}

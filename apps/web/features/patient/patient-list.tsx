"use client";
import { Button, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useRef } from "react";
import { todayIn } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { DataTable, type Sorting } from "#ui/data-table.tsx";
import { useListState } from "#ui/list-state.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { useShortcut } from "#ui/shortcut.tsx";
import { Elsewhere } from "./elsewhere.tsx";
import { patientColumns } from "./patient-columns.tsx";
import classes from "./patient-list.module.css";
import { searchMin, usePatientList, usePatientPrefetch, usePatientSearch } from "./queries.ts";

const pageSize = 50;
type Filter = { q: string; sort: "name" | "mrn" | "dateOfBirth" | "createdAt"; direction: "asc" | "desc" };
const firstFilter: Filter = { q: "", sort: "name", direction: "asc" };

/** Every patient, sorted and paged by the API; typing turns it into a search, best match first. */
export function PatientList() {
  const { can, timeZone } = useMe();
  const router = useRouter();
  const list = useListState("patients", firstFilter);
  const { sort, direction } = list.filter;
  const [q] = useDebouncedValue(list.filter.q.trim(), 150);
  const isSearch = q.length >= searchMin;
  const page = { limit: pageSize, ...(list.cursor ? { cursor: list.cursor } : {}) };
  const all = useQuery({ ...usePatientList({ ...page, sort, direction }), enabled: !isSearch });
  const found = useQuery(usePatientSearch(isSearch ? q : "", page));
  const query = isSearch ? found : all;
  const prefetch = usePatientPrefetch();
  const searchRef = useRef<HTMLInputElement>(null);
  useShortcut(
    { keys: "n", label: "Register a patient", group: "Patients" },
    () => router.push("/patients/new"),
    can("patient.write"),
  );
  useShortcut({ keys: "/", label: "Search in the list", group: "Patients" }, () => searchRef.current?.focus());
  const next = query.data?.nextCursor;
  return (
    <>
      <PageHeader
        title="Patients"
        actions={
          can("patient.write") && (
            <Button component={Link} href="/patients/new">
              Register patient
            </Button>
          )
        }
      />
      <TextInput
        ref={searchRef}
        className={classes.search}
        label="Search"
        placeholder="Name, MRN, phone, birth date or SSN"
        leftSection={<IconSearch size={16} aria-hidden="true" />}
        type="search"
        autoComplete="off"
        spellCheck={false}
        maxLength={100}
        value={list.filter.q}
        onChange={(event) => list.setFilter({ q: event.currentTarget.value })}
      />
      <DataTable
        caption="Patients"
        columns={patientColumns(todayIn(timeZone))}
        rows={query.data?.items}
        rowKey={(patient) => patient.id}
        error={query.error && apiError(query.error)}
        onRetry={() => void query.refetch()}
        empty={
          isSearch
            ? { title: "Nobody found.", hint: "Check the spelling, try part of the name, the MRN or the birth date." }
            : { title: "No patients are registered yet.", hint: "Register the first one with the button above." }
        }
        {...(isSearch ? {} : { sorting: { sort, direction } })}
        onSort={isSearch ? undefined : (sorting) => list.setFilter(sorting as Sorting & Filter)}
        paging={{
          page: list.page,
          hasNext: Boolean(next),
          onNext: () => next && list.next(next),
          onPrevious: list.previous,
        }}
        skeletonRows={20}
        isStale={query.isPlaceholderData}
        onPreview={(patient) => prefetch(patient.id)}
      />
      {isSearch && <Elsewhere q={q} />}
    </>
  );
}

"use client";
import { type Order, priorities } from "@infirmary/shared/order";
import { Checkbox, NativeSelect, TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useRef } from "react";
import { todayIn } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { type Column, DataTable } from "#ui/data-table.tsx";
import { FilterTabs } from "#ui/filter-tabs.tsx";
import { useListState } from "#ui/list-state.ts";
import { useShortcut } from "#ui/shortcut.tsx";
import { useNow } from "#ui/use-now.ts";
import classes from "./order.module.css";
import { columnsOfList } from "./order-columns.tsx";
import { countOf, inputOf, type OrderFilter, type OrderTab, sortingOf, sortOf } from "./order-filter.ts";
import { priorityNames } from "./priority-badge.tsx";
import { useOrderCounts, useOrderList, useOrderPrefetch } from "./queries.ts";

const pageSize = 25;

type Props = {
  /** Under which the list keeps its place. */
  name: string;
  first: OrderFilter;
  tabs: readonly { key: OrderTab; label: string }[];
  /** Default: when it was ordered and by whom. */
  columnsOf?: (today: string, now: number) => readonly Column<Order>[];
  /** Whether the person can have placed orders: then "only mine" is offered. */
  hasMine: boolean;
  empty: { title: string; hint?: ReactNode; action?: ReactNode };
};

/** Orders, filtered, sorted and paged by the API; kept up to date by live events. */
export function OrderTable({ name, first, tabs, columnsOf = columnsOfList, hasMine, empty }: Props) {
  const { timeZone } = useMe();
  const now = useNow();
  const list = useListState(name, first);
  const { filter } = list;
  const [q] = useDebouncedValue(filter.q, 150);
  const orders = useQuery(
    useOrderList({ ...inputOf({ ...filter, q }), limit: pageSize, ...(list.cursor ? { cursor: list.cursor } : {}) }),
  );
  const counts = useQuery(useOrderCounts(filter.mine ? { mine: true } : {}));
  const prefetch = useOrderPrefetch();
  const searchRef = useRef<HTMLInputElement>(null);
  useShortcut({ keys: "/", label: "Search in the list", group: "Lab orders" }, () => searchRef.current?.focus());
  const next = orders.data?.nextCursor;
  const isFiltered = filter.q.trim() !== "" || filter.priority !== "" || filter.mine;
  const stat = counts.data?.stat ?? 0;
  return (
    <>
      <div className={classes.filters}>
        <TextInput
          ref={searchRef}
          className={classes.grow}
          label="Search"
          placeholder="Order number, test or LOINC code"
          leftSection={<IconSearch size={16} aria-hidden="true" />}
          type="search"
          autoComplete="off"
          spellCheck={false}
          maxLength={60}
          value={filter.q}
          onChange={(event) => list.setFilter({ q: event.currentTarget.value })}
        />
        <NativeSelect
          label="Priority"
          value={filter.priority}
          data={[
            { value: "", label: "Any priority" },
            ...priorities.options.map((value) => ({ value, label: priorityNames[value] })),
          ]}
          onChange={(event) => list.setFilter({ priority: event.currentTarget.value as OrderFilter["priority"] })}
        />
        {hasMine && (
          <Checkbox
            pb={7}
            label="Only ordered by me"
            checked={filter.mine}
            onChange={(event) => list.setFilter({ mine: event.currentTarget.checked })}
          />
        )}
      </div>
      <FilterTabs
        label="State"
        chosen={filter.tab}
        onChoose={(tab) => list.setFilter({ tab })}
        tabs={tabs.map(({ key, label }) => ({
          key,
          label,
          count: countOf(key, counts.data),
          mark: key === "open" && stat > 0 ? <strong>({stat} STAT)</strong> : null,
        }))}
      />
      <DataTable
        caption="Lab orders"
        columns={columnsOf(todayIn(timeZone), now)}
        rows={orders.data?.items}
        rowKey={({ id }) => id}
        rowTone={({ counts: { critical }, status }) =>
          status === "COMPLETED" && critical > 0 ? "critical" : status === "CANCELLED" ? "muted" : undefined
        }
        error={orders.error && apiError(orders.error)}
        onRetry={() => void orders.refetch()}
        empty={isFiltered ? { title: "No orders match.", hint: "Take a filter away, or choose another state." } : empty}
        sorting={sortingOf(filter.sort)}
        onSort={(sorting) => list.setFilter({ sort: sortOf(sorting) })}
        paging={{
          page: list.page,
          hasNext: Boolean(next),
          onNext: () => next && list.next(next),
          onPrevious: list.previous,
        }}
        skeletonRows={pageSize}
        isStale={orders.isPlaceholderData}
        onPreview={(order) => prefetch(order.id)}
      />
    </>
  );
}

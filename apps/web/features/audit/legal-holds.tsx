"use client";
import { type AuditHold, placeHoldInput } from "@infirmary/shared/audit";
import { formatDate } from "@infirmary/shared/core";
import { Button, Textarea } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { faultsOf } from "#lib/form/faults-of.ts";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { apiError } from "#lib/trpc/api-error.ts";
import { type Column, DataTable } from "#ui/data-table.tsx";
import { DateField } from "#ui/date-field.tsx";
import { readDate } from "#ui/date-text.ts";
import { DateTime } from "#ui/date-time.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { FormError } from "#ui/form-error.tsx";
import classes from "./holds.module.css";
import { useAuditHolds, useHoldChanges } from "./queries.ts";
import { ReleaseHold } from "./release-hold.tsx";

type Draft = { fromDay: string; toDay: string; reason: string };
const empty: Draft = { fromDay: "", toDay: "", reason: "" };
const dateOf = (text: string) => {
  const reading = readDate(text);
  return "date" in reading ? reading.date : text;
};
const read = ({ fromDay, toDay, reason }: Draft) => ({ fromDay: dateOf(fromDay), toDay: dateOf(toDay), reason });
const faults = faultsOf<Draft>(placeHoldInput);

/** Days of the log that stay although they are older than seven years, while a question about them is open. */
export function LegalHolds({ onClose }: { onClose: () => void }) {
  const [released, setReleased] = useState<AuditHold | null>(null);
  const query = useQuery(useAuditHolds());
  const changes = useHoldChanges();
  const client = useQueryClient();
  const place = useMutation(changes.place);
  const form = useApiForm({ initialValues: empty, validate: (draft: Draft) => faults(read(draft)) });
  if (released) return <ReleaseHold hold={released} onClose={() => setReleased(null)} />;
  return (
    <Dialog title="Legal holds" onClose={onClose} size={860}>
      <div className={classes.parts}>
        <p className={classes.hint}>
          Months of the log are exported and deleted seven years after their end. A hold keeps the months of its days
          until it is released.
        </p>
        <DataTable
          caption="Legal holds"
          columns={columns(setReleased)}
          rows={query.data?.items}
          rowKey={(hold) => hold.id}
          error={query.error && apiError(query.error)}
          onRetry={() => void query.refetch()}
          empty={{ title: "Nothing is held." }}
          skeletonRows={2}
        />
        <form
          className={classes.form}
          noValidate
          aria-label="Place a hold"
          onSubmit={form.save(async (draft) => {
            await place.mutateAsync(read(draft));
            form.reset();
            await client.invalidateQueries({ queryKey: changes.key });
          })}
        >
          <DateField label="From day" {...form.getInputProps("fromDay")} />
          <DateField label="To day" {...form.getInputProps("toDay")} />
          <Textarea label="Reason" rows={2} maxLength={500} {...form.getInputProps("reason")} />
          <Button type="submit" loading={form.isBusy}>
            Place hold
          </Button>
          <FormError error={form.apiError} rest={form.otherFaults} />
        </form>
      </div>
    </Dialog>
  );
}

const columns = (onRelease: (hold: AuditHold) => void): Column<AuditHold>[] => [
  {
    key: "days",
    header: "Days",
    width: "200px",
    cell: (hold) => `${formatDate(hold.fromDay)} to ${formatDate(hold.toDay)}`,
  },
  { key: "reason", header: "Reason", cell: (hold) => hold.reason },
  {
    key: "by",
    header: "Placed",
    width: "200px",
    cell: (hold) => (
      <>
        {hold.placedBy}, <DateTime at={hold.placedAt} />
      </>
    ),
  },
  {
    key: "state",
    header: "Released",
    width: "190px",
    cell: (hold) =>
      hold.releasedAt ? (
        <>
          <DateTime at={hold.releasedAt} />: {hold.releaseReason}
        </>
      ) : (
        <Button size="compact-xs" variant="default" onClick={() => onRelease(hold)} data-row-main>
          Release
        </Button>
      ),
  },
];

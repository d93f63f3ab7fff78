"use client";
import { type FacilityDetail, facilityCreate } from "@infirmary/shared/facility";
import { Button, Select, Textarea, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useMemo } from "react";
import { faultsOf } from "#lib/form/faults-of.ts";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { Dialog } from "#ui/dialog.tsx";
import { FormError } from "#ui/form-error.tsx";
import { say } from "#ui/toast-store.ts";
import classes from "./facility.module.css";
import { useCreateFacility, useFacilityKey, useUpdateFacility } from "./queries.ts";

type Draft = { name: string; code: string; timeZone: string; address: string };

/** Adds a facility, or changes what one is called and when its clock strikes. */
export function FacilityDialog({ facility, onClose }: { facility: FacilityDetail | null; onClose: () => void }) {
  const router = useRouter();
  const queries = useQueryClient();
  const queryKey = useFacilityKey();
  const create = useMutation(useCreateFacility());
  const update = useMutation(useUpdateFacility());
  const form = useApiForm<Draft>({
    initialValues: {
      name: facility?.name ?? "",
      code: facility?.code ?? "",
      timeZone: facility?.timeZone ?? "",
      address: facility?.address ?? "",
    },
    validate: faultsOf<Draft>(facilityCreate),
  });
  const zones = useMemo(
    () => [...new Set([...Intl.supportedValuesOf("timeZone"), "UTC", ...(facility ? [facility.timeZone] : [])])].sort(),
    [facility],
  );
  const isStale = form.apiError?.code === "stale-version";
  const isOtherZone = facility !== null && form.values.timeZone !== "" && form.values.timeZone !== facility.timeZone;
  const save = async (draft: Draft) => {
    const saved = facility
      ? await update.mutateAsync({ id: facility.id, version: facility.version, ...draft })
      : await create.mutateAsync(draft);
    void queries.invalidateQueries({ queryKey });
    say(facility ? `Saved ${saved.name}.` : `Added ${saved.name}. Give people roles there under People.`);
    onClose();
    if (!facility) router.push(`/facilities/${saved.id}`);
  };
  return (
    <Dialog title={facility ? `Change ${facility.name}` : "New facility"} onClose={onClose}>
      <form noValidate className={classes.form} onSubmit={form.save(save)}>
        <TextInput label="Name" maxLength={120} autoComplete="off" data-autofocus {...form.getInputProps("name")} />
        <TextInput
          label="Code"
          description="Short, of letters, digits and dashes: it stands on labels and in messages."
          maxLength={20}
          autoComplete="off"
          {...form.getInputProps("code")}
        />
        <Select
          label="Time zone"
          description="Type a city, as in New York."
          placeholder="Choose one"
          searchable
          data={zones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
          limit={100}
          nothingFoundMessage="There is no such time zone."
          {...form.getInputProps("timeZone")}
          onChange={(zone) => form.setFieldValue("timeZone", zone ?? "")}
        />
        {isOtherZone && (
          <p className={classes.warning} role="alert">
            Every time here will be shown by another clock, and doctors&apos; hours start by it. Appointments already
            booked keep their moment, so they are shown at another hour: check them after saving.
          </p>
        )}
        <Textarea label="Address" maxLength={500} autosize minRows={2} {...form.getInputProps("address")} />
        <FormError error={form.apiError} rest={form.otherFaults} />
        <div className={classes.actions}>
          <Button type="submit" loading={form.isBusy} disabled={facility !== null && !form.isDirty()}>
            {facility ? "Save changes" : "Add facility"}
          </Button>
          {isStale && (
            <Button
              variant="default"
              onClick={() => {
                void queries.invalidateQueries({ queryKey });
                onClose();
              }}
            >
              Show it as it is now
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}

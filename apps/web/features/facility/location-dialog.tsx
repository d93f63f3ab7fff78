"use client";
import {
  type FacilityDetail,
  type Location,
  type LocationKind,
  locationAdd,
  parentKinds,
} from "@infirmary/shared/facility";
import { Button, Select, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { faultsOf } from "#lib/form/faults-of.ts";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { Dialog } from "#ui/dialog.tsx";
import { FormError } from "#ui/form-error.tsx";
import { say } from "#ui/toast-store.ts";
import classes from "./facility.module.css";
import { kindNames } from "./kind-names.ts";
import { useAddLocation, useFacilityKey, useUpdateLocation } from "./queries.ts";

type Draft = { name: string; code: string; parentId: string | null };
type Props = { facility: FacilityDetail; kind: LocationKind; location: Location | null; onClose: () => void };

/** Adds a department, ward or room, renames or moves one. */
export function LocationDialog({ facility, kind, location, onClose }: Props) {
  const queries = useQueryClient();
  const queryKey = useFacilityKey();
  const add = useMutation(useAddLocation());
  const update = useMutation(useUpdateLocation());
  const { one } = kindNames[kind];
  const form = useApiForm<Draft>({
    initialValues: { name: location?.name ?? "", code: location?.code ?? "", parentId: location?.parentId ?? null },
    validate: faultsOf<Draft>(locationAdd.omit({ id: true, kind: true })),
  });
  const parents = facility.locations.filter(
    ({ id, kind: other, isActive }) => parentKinds[kind].includes(other) && (isActive || id === location?.parentId),
  );
  const save = async (draft: Draft) => {
    if (location) await update.mutateAsync({ id: location.id, version: location.version, ...draft });
    else await add.mutateAsync({ id: facility.id, kind, ...draft });
    void queries.invalidateQueries({ queryKey });
    say(location ? `Saved ${draft.name}.` : `Added ${draft.name}.`);
    onClose();
  };
  return (
    <Dialog title={location ? `Change ${location.name}` : `New ${one}`} onClose={onClose}>
      <form noValidate className={classes.form} onSubmit={form.save(save)}>
        <TextInput label="Name" maxLength={120} autoComplete="off" data-autofocus {...form.getInputProps("name")} />
        <TextInput
          label="Code"
          description="Letters, digits and dashes."
          maxLength={20}
          autoComplete="off"
          {...form.getInputProps("code")}
        />
        {kind !== "DEPARTMENT" && (
          <Select
            label="In"
            placeholder={kind === "WARD" ? "No department" : "No ward or department"}
            clearable
            searchable
            data={parents.map(({ id, name }) => ({ value: id, label: name }))}
            {...form.getInputProps("parentId")}
          />
        )}
        <FormError error={form.apiError} rest={form.otherFaults} />
        <div className={classes.actions}>
          <Button type="submit" loading={form.isBusy} disabled={location !== null && !form.isDirty()}>
            {location ? "Save changes" : `Add ${one}`}
          </Button>
          {form.apiError?.code === "stale-version" && (
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

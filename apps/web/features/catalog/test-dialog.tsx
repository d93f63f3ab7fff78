"use client";
import {
  type LabTestDetail,
  labTestCreate,
  labTestUpdate,
  valueTypeNames,
  valueTypes,
} from "@infirmary/shared/catalog";
import { Button, NumberInput, Select, Switch, TagsInput, TextInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { faultsOf } from "#lib/form/faults-of.ts";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { Dialog } from "#ui/dialog.tsx";
import { FormError } from "#ui/form-error.tsx";
import { say } from "#ui/toast-store.ts";
import classes from "./catalog.module.css";
import { LoincField } from "./loinc-field.tsx";
import { useCatalogKey, useCreateTest, useLabSetup, useUpdateTest } from "./queries.ts";
import { type Draft, draftOf, toDefinition } from "./test-draft.ts";

/** Defines a new test or panel, or changes one. */
export function TestDialog({ test, onClose }: { test: LabTestDetail | null; onClose: () => void }) {
  const router = useRouter();
  const queries = useQueryClient();
  const queryKey = useCatalogKey();
  const setup = useQuery(useLabSetup()).data;
  const create = useMutation(useCreateTest());
  const update = useMutation(useUpdateTest());
  const form = useApiForm<Draft>({
    initialValues: draftOf(test),
    validate: faultsOf<Draft>(test ? labTestUpdate.omit({ code: true, version: true }) : labTestCreate, (draft) =>
      test ? toDefinition(draft) : { code: draft.code, ...toDefinition(draft) },
    ),
  });
  const { valueType } = form.values;
  const save = async (draft: Draft) => {
    const saved = test
      ? await update.mutateAsync({ code: test.code, version: test.version, ...toDefinition(draft) })
      : await create.mutateAsync({ code: draft.code.trim(), ...toDefinition(draft) });
    void queries.invalidateQueries({ queryKey });
    say(
      test ? `Saved ${saved.shortName}.` : `Added ${saved.shortName}. Give it ranges, or its values are not flagged.`,
    );
    onClose();
    if (!test) router.push(`/catalogue/${saved.code}`);
  };
  const minutes = (
    name: "turnaroundStat" | "turnaroundUrgent" | "turnaroundRoutine" | "criticalMinutes",
    label: string,
  ) => <NumberInput label={label} suffix=" min" min={1} allowDecimal={false} {...form.getInputProps(name)} />;
  const choice = (list: readonly { code: string; name: string }[] | undefined) =>
    list?.map(({ code, name }) => ({ value: code, label: name })) ?? [];
  return (
    <Dialog title={test ? `Change ${test.shortName}` : "New test"} onClose={onClose} size={640}>
      <form noValidate className={classes.form} onSubmit={form.save(save)}>
        {!test && (
          <LoincField
            code={form.values.code}
            error={form.errors.code}
            onCode={(code) => form.setFieldValue("code", code)}
            onPick={({ code, name, system, unit }) => {
              form.setFieldValue("code", code);
              form.setFieldValue("name", name);
              if (system) form.setFieldValue("specimen", system);
              if (unit) form.setFieldValue("unit", unit.split(";")[0] ?? "");
            }}
          />
        )}
        <TextInput
          label="Name"
          description="LOINC's long common name."
          maxLength={255}
          {...form.getInputProps("name")}
        />
        <div className={classes.pair}>
          <TextInput label="Short name" maxLength={80} {...form.getInputProps("shortName")} />
          <TextInput label="Department" maxLength={60} {...form.getInputProps("category")} />
        </div>
        <div className={classes.pair}>
          <TextInput label="Specimen" maxLength={80} {...form.getInputProps("specimen")} />
          <Select
            label="Kind of specimen"
            clearable
            data={choice(setup?.specimenTypes)}
            {...form.getInputProps("specimenType")}
          />
          <Select
            label="Container"
            clearable
            data={choice(setup?.containerTypes)}
            {...form.getInputProps("containerType")}
          />
        </div>
        <div className={classes.pair}>
          <Select
            label="Answer"
            allowDeselect={false}
            data={valueTypes.map((value) => ({ value, label: valueTypeNames[value] }))}
            {...form.getInputProps("valueType")}
          />
          {valueType === "NUMERIC" && (
            <>
              <TextInput label="Unit (UCUM)" maxLength={40} autoComplete="off" {...form.getInputProps("unit")} />
              <NumberInput label="Decimals" min={0} max={6} allowDecimal={false} {...form.getInputProps("decimals")} />
            </>
          )}
        </div>
        {valueType === "CODED" && (
          <TagsInput
            label="Answers"
            description="The normal one first; Enter after each."
            maxTags={40}
            {...form.getInputProps("answers")}
          />
        )}
        <TagsInput
          label="Tests inside, for a panel"
          description="LOINC codes in the order of the report; empty for a single test."
          maxTags={60}
          {...form.getInputProps("members")}
        />
        <div className={classes.pair}>
          {minutes("turnaroundStat", "STAT within")}
          {minutes("turnaroundUrgent", "Urgent within")}
          {minutes("turnaroundRoutine", "Routine within")}
          {minutes("criticalMinutes", "Critical told within")}
        </div>
        {valueType === "NUMERIC" && (
          <div className={classes.pair}>
            <TextInput label="Delta, percent" inputMode="decimal" {...form.getInputProps("deltaPercent")} />
            <TextInput label="Delta, in the unit" inputMode="decimal" {...form.getInputProps("deltaAbsolute")} />
            <NumberInput label="Within hours" min={1} allowDecimal={false} {...form.getInputProps("deltaHours")} />
          </div>
        )}
        {test && <Switch label="In use: can be ordered" {...form.getInputProps("isActive", { type: "checkbox" })} />}
        <FormError error={form.apiError} rest={form.otherFaults} />
        <div className={classes.actions}>
          <Button type="submit" loading={form.isBusy} disabled={test !== null && !form.isDirty()}>
            {test ? "Save changes" : "Add test"}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

"use client";
import {
  ageDaysMax,
  type LabTestDetail,
  type LabTestRange,
  rangeConditions,
  rangeWrite,
} from "@infirmary/shared/catalog";
import { Button, NumberInput, Select, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { faultsOf } from "#lib/form/faults-of.ts";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { Dialog } from "#ui/dialog.tsx";
import { FormError } from "#ui/form-error.tsx";
import { say } from "#ui/toast-store.ts";
import classes from "./catalog.module.css";
import { useCatalogKey, useUpdateTest } from "./queries.ts";

type Props = { test: LabTestDetail; range: LabTestRange | null; onClose: () => void };
type Draft = {
  sex: string | null;
  condition: string | null;
  from: number | string;
  to: number | string;
  ageUnit: string;
  low: string;
  high: string;
  criticalLow: string;
  criticalHigh: string;
  normalText: string;
};

const days = { years: 365, days: 1 } as Record<string, number>;
const orNull = (text: string) => (text.trim() === "" ? null : text.trim());

/** What is typed, as it would be sent. */
const toRange = (draft: Draft) => ({
  sex: draft.sex === "" ? null : draft.sex,
  condition: draft.condition,
  ageFromDays: Number(draft.from || 0) * (days[draft.ageUnit] ?? 1),
  ageToDays: draft.to === "" ? ageDaysMax : Number(draft.to) * (days[draft.ageUnit] ?? 1),
  low: orNull(draft.low),
  high: orNull(draft.high),
  criticalLow: orNull(draft.criticalLow),
  criticalHigh: orNull(draft.criticalHigh),
  normalText: orNull(draft.normalText),
});

/** Adds a range, or puts another in its place: the old one ends today and still stands beside the values it judged. */
export function RangeDialog({ test, range, onClose }: Props) {
  const queries = useQueryClient();
  const queryKey = useCatalogKey();
  const update = useMutation(useUpdateTest());
  const isYears =
    !range || (range.ageFromDays % 365 === 0 && (range.ageToDays % 365 === 0 || range.ageToDays >= ageDaysMax));
  const unit = isYears ? 365 : 1;
  const isWorded = test.valueType === "CODED" || test.valueType === "TEXT";
  const form = useApiForm<Draft>({
    initialValues: {
      sex: range?.sex ?? "",
      condition: range?.condition ?? null,
      from: range ? range.ageFromDays / unit : 0,
      to: !range || range.ageToDays >= ageDaysMax ? "" : range.ageToDays / unit,
      ageUnit: isYears ? "years" : "days",
      low: range?.low ?? "",
      high: range?.high ?? "",
      criticalLow: range?.criticalLow ?? "",
      criticalHigh: range?.criticalHigh ?? "",
      normalText: range?.normalText ?? "",
    },
    validate: (draft) => {
      const { ageToDays: to, ageFromDays: from, ...faults } = faultsOf<Draft>(rangeWrite, toRange)(draft);
      return { ...faults, ...(to ? { to } : {}), ...(from ? { from } : {}) };
    },
  });
  const others = test.ranges
    .filter(({ id, validTo }) => id !== range?.id && validTo === null)
    .map(({ id: _, ...other }) => other);
  const store = async (draft: Draft | null) => {
    const ranges = draft ? [...others, rangeWrite.parse(toRange(draft))] : others;
    await update.mutateAsync({ code: test.code, version: test.version, ranges });
    void queries.invalidateQueries({ queryKey });
    say(draft ? "Saved. New values are judged by it." : "Ended. It stays beside the values it judged.");
    onClose();
  };
  const number = (name: "low" | "high" | "criticalLow" | "criticalHigh", label: string) => (
    <TextInput
      label={label}
      inputMode="decimal"
      autoComplete="off"
      maxLength={20}
      rightSectionWidth={80}
      rightSection={<span className={classes.unit}>{test.unit}</span>}
      {...form.getInputProps(name)}
    />
  );
  return (
    <Dialog
      title={range ? `Change a range of ${test.shortName}` : `New range of ${test.shortName}`}
      onClose={onClose}
      size={560}
    >
      <form noValidate className={classes.form} onSubmit={form.save(store)}>
        <div className={classes.pair}>
          <Select
            label="Sex"
            data={[
              { value: "", label: "Everybody" },
              { value: "female", label: "Women" },
              { value: "male", label: "Men" },
            ]}
            allowDeselect={false}
            {...form.getInputProps("sex")}
          />
          <Select
            label="State"
            placeholder="Any"
            clearable
            data={[...rangeConditions]}
            {...form.getInputProps("condition")}
          />
        </div>
        <div className={classes.pair}>
          <NumberInput label="From age" min={0} allowDecimal={false} {...form.getInputProps("from")} />
          <NumberInput
            label="Younger than"
            placeholder="No limit"
            min={0}
            allowDecimal={false}
            {...form.getInputProps("to")}
          />
          <Select label="Age in" data={["years", "days"]} allowDeselect={false} {...form.getInputProps("ageUnit")} />
        </div>
        {isWorded ? (
          <TextInput label="Normal answer" maxLength={80} {...form.getInputProps("normalText")} />
        ) : (
          <>
            <div className={classes.pair}>
              {number("low", "Lower limit")}
              {number("high", "Upper limit")}
            </div>
            <div className={classes.pair}>
              {number("criticalLow", "Critical at or below")}
              {number("criticalHigh", "Critical at or above")}
            </div>
          </>
        )}
        <FormError error={form.apiError} rest={form.otherFaults} />
        <div className={classes.actions}>
          <Button type="submit" loading={form.isBusy} disabled={range !== null && !form.isDirty()}>
            {range ? "Save range" : "Add range"}
          </Button>
          {range && (
            <Button variant="default" loading={update.isPending} onClick={() => form.save(() => store(null))()}>
              End this range today
            </Button>
          )}
        </div>
      </form>
    </Dialog>
  );
}

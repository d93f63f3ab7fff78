"use client";
import { type Slot, slot as slotSchema } from "@infirmary/shared/appointment";
import { formatDateTime } from "@infirmary/shared/core";
import { Button, Input, NativeSelect, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { z } from "zod";
import type { ApiForm } from "#lib/form/use-api-form.ts";
import { todayIn } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { DayField } from "#ui/day-field.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import classes from "./appointment.module.css";
import { clockAt, oneAtATime, spanOf } from "./day-grid.ts";
import { useResources, useSlotOptions } from "./queries.ts";
import { startOf, type TimeDraft, timeOf } from "./time-draft.ts";

const lengths = [10, 15, 20, 30, 45, 60, 90, 120];
const slotsSchema = z.array(slotSchema);

type Props<Draft extends TimeDraft> = { form: ApiForm<Draft>; onSlot?: (slot: Slot) => void };

/** Doctor, room, day and time; the doctor's free times of the day are one press away, any other can be typed. */
export function TimeFields<Draft extends TimeDraft>({ form, onSlot }: Props<Draft>) {
  const { timeZone } = useMe();
  const resources = useQuery(useResources());
  const draft: TimeDraft = form.values;
  const lengthsShown = [...new Set([...lengths, Number(draft.minutes)])].sort((a, b) => a - b);
  const pick = (slot: Slot) => {
    const { start } = slot;
    form.setValues({ ...form.getValues(), ...timeOf(slot, timeZone), date: todayIn(timeZone, new Date(start)) });
    form.forgetError();
    onSlot?.(slot);
  };
  const instead = slotsSchema.safeParse(form.apiError?.slots ?? []).data ?? [];
  return (
    <>
      <div className={classes.row}>
        <NativeSelect
          label="Doctor"
          data={[
            { value: "", label: "Choose a doctor" },
            ...(resources.data?.providers ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          {...form.getInputProps("providerId")}
        />
        <NativeSelect
          label="Room"
          data={[
            { value: "", label: "No room" },
            ...(resources.data?.rooms ?? []).map(({ id, name }) => ({ value: id, label: name })),
          ]}
          {...form.getInputProps("roomId")}
        />
        <DayField label="Day" {...form.getInputProps("date")} />
        <div className={classes.row}>
          <TextInput
            label="Time"
            placeholder="09:05"
            maxLength={5}
            autoComplete="off"
            {...form.getInputProps("time")}
          />
          <NativeSelect
            label="Length"
            data={lengthsShown.map((minutes) => ({ value: String(minutes), label: `${minutes} min` }))}
            {...form.getInputProps("minutes")}
          />
        </div>
      </div>
      {resources.error && <ErrorState error={apiError(resources.error)} isCompact />}
      {draft.providerId !== "" && draft.date !== "" && <FreeTimes draft={draft} onPick={pick} />}
      {instead.length > 0 && (
        <div>
          <Input.Label labelElement="div">Next free times</Input.Label>
          {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, these are buttons. */}
          <div className={classes.times} role="group" aria-label="Next free times">
            {instead.map((slot) => (
              <Button key={slot.start} size="compact-sm" variant="default" onClick={() => pick(slot)}>
                {formatDateTime(slot.start, timeZone)}
              </Button>
            ))}
          </div>
        </div>
      )}
    </>
  );
}

function FreeTimes({ draft, onPick }: { draft: TimeDraft; onPick: (slot: Slot) => void }) {
  const { timeZone } = useMe();
  const slotOptions = useSlotOptions();
  const { providerId, date } = draft;
  const query = useQuery(slotOptions({ providerId, ...spanOf(date, timeZone) }));
  const slots = oneAtATime(query.data?.items ?? []);
  const chosen = startOf(draft, timeZone)?.toISOString();
  if (query.error) return <ErrorState error={apiError(query.error)} isCompact />;
  return (
    <div>
      <Input.Label labelElement="div">Free times</Input.Label>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, these are buttons. */}
      <div className={classes.times} role="group" aria-label="Free times" aria-busy={query.isPending}>
        {slots.map((slot) => (
          <Button
            key={slot.start}
            size="compact-sm"
            variant={slot.start === chosen ? "filled" : "default"}
            aria-pressed={slot.start === chosen}
            title={slot.visitType}
            onClick={() => onPick(slot)}
          >
            {clockAt(slot.start, timeZone)}
          </Button>
        ))}
      </div>
      {query.data && slots.length === 0 && (
        <p className={classes.dim}>No free time on this day. Choose another day, or type a time.</p>
      )}
    </div>
  );
}

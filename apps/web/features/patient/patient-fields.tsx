"use client";
import { genderNames, genders } from "@infirmary/shared/patient";
import { NativeSelect, Textarea, TextInput } from "@mantine/core";
import type { ApiForm } from "#lib/form/use-api-form.ts";
import { formatAge, todayIn } from "#lib/patient-name.ts";
import { useMe } from "#lib/session/me.tsx";
import { DateField } from "#ui/date-field.tsx";
import type { PatientDraft } from "./patient-draft.ts";
import classes from "./patient-form.module.css";

type Props = { form: ApiForm<PatientDraft>; ssnHint?: string; isSsnOff?: boolean };

/** The fields of a patient, in the order people read them from a card. */
export function PatientFields({ form, ssnHint, isSsnOff = false }: Props) {
  const { timeZone } = useMe();
  return (
    <div className={classes.fields}>
      <TextInput label="Last name" autoComplete="off" maxLength={100} {...form.getInputProps("lastName")} />
      <TextInput label="First name" autoComplete="off" maxLength={100} {...form.getInputProps("firstName")} />
      <DateField
        label="Date of birth"
        description="Any clear form: 31-Jan-1980, 1980-01-31"
        echo={(date) => `${formatAge(date, todayIn(timeZone))} old today`}
        {...form.getInputProps("dateOfBirth")}
      />
      <NativeSelect
        label="Sex"
        description="Administrative, as on the card"
        data={[
          { value: "", label: "Choose", disabled: true },
          ...genders.options.map((value) => ({ value, label: genderNames[value] })),
        ]}
        {...form.getInputProps("gender")}
      />
      <TextInput
        label="Phone (optional)"
        type="tel"
        autoComplete="off"
        maxLength={40}
        {...form.getInputProps("phone")}
      />
      <TextInput
        label="E-mail (optional)"
        type="email"
        autoComplete="off"
        maxLength={254}
        {...form.getInputProps("email")}
      />
      <Textarea
        label="Address (optional)"
        className={classes.wide}
        rows={3}
        maxLength={400}
        {...form.getInputProps("address")}
      />
      <TextInput
        label="National identifier, SSN (optional)"
        description={ssnHint ?? "Nine digits. Stored encrypted, shown masked."}
        placeholder="123-45-6789"
        autoComplete="off"
        maxLength={20}
        disabled={isSsnOff}
        {...form.getInputProps("ssn")}
      />
    </div>
  );
}

"use client";
import { Checkbox, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { apiError } from "#lib/trpc/api-error.ts";
import { ErrorState } from "#ui/error-state.tsx";
import { useFacilities, useRoles } from "./queries.ts";
import classes from "./user.module.css";

export type UserDraft = { fullName: string; email: string; roles: string[]; facilityIds: string[] };

/** `inputProps` are the form's own, so that forms with more fields can show these too. */
type Props = { inputProps: (field: keyof UserDraft) => object };

/** Who somebody is, what they may do and where. */
export function UserFields({ inputProps }: Props) {
  const facilities = useQuery(useFacilities());
  const roles = useQuery(useRoles());
  return (
    <>
      <TextInput label="Full name" autoComplete="off" maxLength={120} {...inputProps("fullName")} />
      <TextInput label="E-mail" type="email" autoComplete="off" maxLength={254} {...inputProps("email")} />
      <Checkbox.Group label="Roles" description="What the person may do." {...inputProps("roles")}>
        <div className={classes.choices}>
          {roles.data?.items.map(({ code, name }) => (
            <Checkbox key={code} value={code} label={name} />
          ))}
        </div>
      </Checkbox.Group>
      <Checkbox.Group label="Facilities" description="Where the roles hold." {...inputProps("facilityIds")}>
        <div className={classes.choices}>
          {facilities.data?.map((facility) => (
            <Checkbox key={facility.id} value={facility.id} label={facility.name} />
          ))}
        </div>
      </Checkbox.Group>
      {roles.error && <ErrorState error={apiError(roles.error)} onRetry={() => void roles.refetch()} isCompact />}
      {facilities.error && (
        <ErrorState error={apiError(facilities.error)} onRetry={() => void facilities.refetch()} isCompact />
      )}
    </>
  );
}

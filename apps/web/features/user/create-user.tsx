"use client";
import { userCreate } from "@infirmary/shared/user";
import { Button, PasswordInput, Radio, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { faultsOf } from "#lib/form/faults-of.ts";
import { PasswordHint } from "#lib/form/password-hint.tsx";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { FormError } from "#ui/form-error.tsx";
import { say } from "#ui/toast-store.ts";
import { useCreateUser, useUserKeys } from "./queries.ts";
import classes from "./user.module.css";
import { type UserDraft, UserFields } from "./user-fields.tsx";

type Draft = UserDraft & { username: string; start: "invitation" | "password"; password: string };
/** No facility chosen means every one of them; no password, an invitation. */
const inputOf = ({ facilityIds, start, password, ...draft }: Draft) => ({
  ...draft,
  ...(start === "password" ? { password } : {}),
  ...(facilityIds.length > 0 ? { facilityIds } : {}),
});

/** Adds a person, who chooses a password by a mailed link or signs in at once with the one chosen here. */
export function CreateUser() {
  const router = useRouter();
  const queries = useQueryClient();
  const { all } = useUserKeys();
  const create = useMutation(useCreateUser());
  const form = useApiForm<Draft>({
    initialValues: {
      username: "",
      start: "invitation",
      password: "",
      fullName: "",
      email: "",
      roles: [],
      facilityIds: [],
    },
    validate: faultsOf(userCreate, inputOf),
  });
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={form.save(async (draft) => {
        const person = await create.mutateAsync(inputOf(draft));
        void queries.invalidateQueries({ queryKey: all });
        say(
          person.invitation
            ? `Added ${person.fullName}. An invitation is on its way to ${person.email}.`
            : `Added ${person.fullName}. They can sign in as ${person.username}.`,
        );
        router.push("/people");
      })}
    >
      <UserFields inputProps={form.getInputProps} />
      <p className={classes.hint}>Without a facility the roles hold at every facility.</p>
      <TextInput
        label="User name"
        description="3 to 64 letters, digits, dots, dashes or underscores."
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        maxLength={64}
        {...form.getInputProps("username")}
      />
      <Radio.Group label="First password" {...form.getInputProps("start")}>
        <div className={classes.choices}>
          <Radio value="invitation" label="The person chooses it, by a link we send" />
          <Radio value="password" label="Choose it here" />
        </div>
      </Radio.Group>
      {form.values.start === "password" && (
        <PasswordInput
          label="Password"
          description={
            <>
              <PasswordHint
                password={form.values.password}
                names={[form.values.username, form.values.fullName, form.values.email]}
              />{" "}
              The person changes it under My account.
            </>
          }
          autoComplete="new-password"
          maxLength={256}
          visibilityToggleButtonProps={{ "aria-label": "Show the password" }}
          {...form.getInputProps("password")}
        />
      )}
      <FormError error={form.apiError} rest={form.otherFaults} />
      <div className={classes.actions}>
        <Button type="submit" loading={form.isBusy}>
          Add person
        </Button>
        <Button variant="default" onClick={() => router.push("/people")}>
          Cancel
        </Button>
      </div>
    </form>
  );
}

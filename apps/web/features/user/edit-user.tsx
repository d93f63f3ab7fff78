"use client";
import { type User, userUpdate } from "@infirmary/shared/user";
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { faultsOf } from "#lib/form/faults-of.ts";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { CompareDialog } from "#ui/compare-dialog.tsx";
import { FormError } from "#ui/form-error.tsx";
import { say } from "#ui/toast-store.ts";
import { useFacilities, useUpdateUser, useUserKeys } from "./queries.ts";
import classes from "./user.module.css";
import { draftOfUser, userClashes } from "./user-draft.ts";
import { type UserDraft, UserFields } from "./user-fields.tsx";

const schemaFaults = faultsOf<UserDraft>(userUpdate.omit({ id: true, version: true }));
const choiceFaults = ({ roles, facilityIds }: UserDraft): Record<string, string> => ({
  ...(roles.length === 0 ? { roles: "Choose at least one role." } : {}),
  ...(facilityIds.length === 0 ? { facilityIds: "Choose at least one facility." } : {}),
});

/** Changes a person, or approves one who waits. Changed roles end the person's sessions, and the form says so. */
export function EditUser({ person }: { person: User }) {
  const router = useRouter();
  const queries = useQueryClient();
  const keys = useUserKeys();
  const update = useMutation(useUpdateUser());
  const facilities = useQuery(useFacilities());
  const [base, setBase] = useState(person);
  const isPending = base.status === "PENDING";
  const form = useApiForm<UserDraft>({
    initialValues: draftOfUser(person),
    validate: (draft) => ({ ...schemaFaults(draft), ...choiceFaults(draft) }),
  });
  const stale = form.apiError?.code === "stale-version" ? (form.apiError.current as User | undefined) : undefined;

  const save = async (draft: UserDraft) => {
    const status = isPending ? { status: "ACTIVE" as const } : {};
    const saved = await update.mutateAsync({ id: base.id, version: base.version, ...draft, ...status });
    queries.setQueryData(keys.get(saved.id), saved);
    void queries.invalidateQueries({ queryKey: keys.all });
    setBase(saved);
    say(isPending ? `Approved ${saved.fullName}. They can sign in now.` : `Saved ${saved.fullName}.`);
    if (isPending) router.push("/people");
  };
  const startFrom = (current: User, draft: UserDraft) => {
    setBase(current);
    form.forgetError();
    form.setValues(draft);
  };
  return (
    <form className={classes.form} noValidate onSubmit={form.save(save)}>
      {isPending && <p>Choose what {base.fullName} may do and where. The account can sign in once it is approved.</p>}
      <UserFields inputProps={form.getInputProps} />
      {!stale && <FormError error={form.apiError} rest={form.otherFaults} />}
      <div className={classes.actions}>
        <Button type="submit" loading={form.isBusy} disabled={!isPending && !form.isDirty()}>
          {isPending ? "Approve account" : "Save changes"}
        </Button>
      </div>
      {!isPending && <p className={classes.hint}>Changing roles or facilities signs the person out everywhere.</p>}
      {stale && (
        <CompareDialog
          title="Someone changed this person while you were typing"
          savedAt={stale.updatedAt}
          differences={userClashes(stale, form.values, facilities.data ?? [])}
          onKeepMine={() => startFrom(stale, form.values)}
          onTakeTheirs={() => startFrom(stale, draftOfUser(stale))}
          onClose={form.forgetError}
        />
      )}
    </form>
  );
}

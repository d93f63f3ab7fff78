"use client";
import { type SignInPolicy, signInPolicyUpdate } from "@infirmary/shared/policy";
import { Button, Checkbox, NumberInput } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { faultsOf } from "#lib/form/faults-of.ts";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { apiError } from "#lib/trpc/api-error.ts";
import { ErrorState } from "#ui/error-state.tsx";
import { FormError } from "#ui/form-error.tsx";
import { PageSkeleton } from "#ui/page-skeleton.tsx";
import { say } from "#ui/toast-store.ts";
import { usePolicy, usePolicyKey, useUpdatePolicy } from "./queries.ts";
import classes from "./user.module.css";

/** What the organisation asks of everybody's sign-in. */
export function SignInRules() {
  const policy = useQuery(usePolicy());
  if (policy.error) return <ErrorState error={apiError(policy.error)} onRetry={() => void policy.refetch()} />;
  if (!policy.data) return <PageSkeleton />;
  return <Rules key={policy.data.version} policy={policy.data} />;
}

function Rules({ policy }: { policy: SignInPolicy }) {
  const queries = useQueryClient();
  const queryKey = usePolicyKey();
  const update = useMutation(useUpdatePolicy());
  const form = useApiForm<SignInPolicy>({ initialValues: policy, validate: faultsOf(signInPolicyUpdate) });
  const isStale = form.apiError?.code === "stale-version";
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={form.save(async (rules) => {
        queries.setQueryData(queryKey, await update.mutateAsync(rules));
        say("The sign-in rules are saved.");
      })}
    >
      <Checkbox
        label="Administrators need a second factor"
        description="Who has none can do nothing else until an authenticator app or a passkey is set up."
        {...form.getInputProps("adminsNeedFactor", { type: "checkbox" })}
      />
      <NumberInput
        label="Lock a screen after"
        description="Minutes without an action of its person. What was on it stays, behind one factor."
        suffix=" minutes"
        min={1}
        max={60}
        clampBehavior="none"
        allowDecimal={false}
        {...form.getInputProps("idleLockMinutes")}
      />
      <FormError error={form.apiError} rest={form.otherFaults} />
      <div className={classes.actions}>
        <Button type="submit" loading={form.isBusy} disabled={!form.isDirty()}>
          Save rules
        </Button>
        {isStale && (
          <Button variant="default" onClick={() => void queries.invalidateQueries({ queryKey })}>
            Show what is in force
          </Button>
        )}
      </div>
    </form>
  );
}

"use client";
import type { FactorMethod } from "@infirmary/shared/factor";
import type { User } from "@infirmary/shared/user";
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { Section } from "#ui/section.tsx";
import { say } from "#ui/toast-store.ts";
import { useResetFactors, useUserFactors, useUserKeys } from "./queries.ts";

const names: Record<FactorMethod, string> = {
  totp: "authenticator app",
  passkey: "passkey",
  "recovery-code": "recovery codes",
};

/** Whether a person has a second factor, and the way out for one who lost it. */
export function UserFactors({ person }: { person: User }) {
  const queries = useQueryClient();
  const { all } = useUserKeys();
  const factors = useQuery(useUserFactors(person.id));
  const [isAsking, setIsAsking] = useState(false);
  const reset = useMutation({
    ...useResetFactors(),
    onSuccess: () => {
      setIsAsking(false);
      say(`${person.fullName} signs in with the password alone until a new second factor is set up.`);
      return queries.invalidateQueries({ queryKey: all });
    },
  });
  const methods = factors.data?.methods ?? [];
  const words = methods.map((method) => names[method]).join(", ");
  return (
    <Section
      title="Second factor"
      actions={
        methods.length > 0 && (
          <Button variant="default" size="compact-sm" onClick={() => setIsAsking(true)}>
            Reset
          </Button>
        )
      }
    >
      {factors.error ? (
        <ErrorState error={apiError(factors.error)} onRetry={() => void factors.refetch()} isCompact />
      ) : (
        <p>
          {factors.data
            ? words
              ? `${words[0]?.toUpperCase()}${words.slice(1)}`
              : "None: the password alone signs in."
            : "…"}
        </p>
      )}
      <ConfirmDialog
        isOpen={isAsking}
        title={`Reset the second factor of ${person.fullName}?`}
        confirmLabel="Reset second factor"
        isBusy={reset.isPending}
        error={reset.error && apiError(reset.error)}
        onConfirm={() => reset.mutate({ id: person.id })}
        onClose={() => setIsAsking(false)}
      >
        <p>
          For somebody who lost phone and codes. Make sure who is asking: whoever has the password can sign in
          afterwards. All sessions of the person end.
        </p>
      </ConfirmDialog>
    </Section>
  );
}

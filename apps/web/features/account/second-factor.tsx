"use client";
import { Button } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { apiError } from "#lib/trpc/api-error.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { DateTime } from "#ui/date-time.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { Section } from "#ui/section.tsx";
import { say } from "#ui/toast-store.ts";
import classes from "./account.module.css";
import { Passkeys } from "./passkeys.tsx";
import { useFactorKeys, useFactors, useRemoveTotp, useRenewRecoveryCodes } from "./queries.ts";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { SetUpApp } from "./set-up-app.tsx";

type Open = "set-up" | "remove" | null;

/** What the person shows beside the password: an authenticator app, and codes on paper for the day it is lost. */
export function SecondFactor() {
  const queries = useQueryClient();
  const keys = useFactorKeys();
  const factors = useQuery(useFactors());
  const [open, setOpen] = useState<Open>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const changed = () => queries.invalidateQueries({ queryKey: keys });
  const remove = useMutation({
    ...useRemoveTotp(),
    onSuccess: () => {
      setOpen(null);
      say("The authenticator app is removed.");
      return changed();
    },
  });
  const renew = useMutation({
    ...useRenewRecoveryCodes(),
    onSuccess: (renewed) => {
      setCodes(renewed.codes);
      return changed();
    },
    onError: (error) => say(apiError(error).title),
  });
  if (factors.error)
    return (
      <Section title="Second factor">
        <ErrorState error={apiError(factors.error)} onRetry={() => void factors.refetch()} />
      </Section>
    );
  const totp = factors.data?.totp;
  const passkeys = factors.data?.passkeys ?? [];
  const left = factors.data?.recoveryCodesLeft ?? 0;
  return (
    <Section title="Second factor">
      <p className={classes.hint}>
        Something you have, asked for after the password: whoever learns the password still cannot sign in as you.
      </p>
      <div className={classes.method}>
        <div className={classes.methodText}>
          <strong>Authenticator app</strong>
          <p className={classes.hint}>
            {totp ? (
              <>
                In use since <DateTime at={totp.since} />
              </>
            ) : (
              "An app on your phone shows a new code every 30 seconds."
            )}
          </p>
        </div>
        {totp ? (
          <Button variant="default" onClick={() => setOpen("remove")}>
            Remove app
          </Button>
        ) : (
          <Button variant="default" disabled={!factors.data} onClick={() => setOpen("set-up")}>
            Set up app
          </Button>
        )}
      </div>
      <Passkeys passkeys={passkeys} onCodes={setCodes} />
      {(totp || passkeys.length > 0) && (
        <div className={classes.method}>
          <div className={classes.methodText}>
            <strong>Recovery codes</strong>
            <p className={classes.hint}>
              {left === 0 ? "None left." : `${left} of 10 left.`} Each signs in once when the phone is not at hand.
            </p>
          </div>
          <Button variant="default" loading={renew.isPending} onClick={() => renew.mutate()}>
            New codes
          </Button>
        </div>
      )}
      {open === "set-up" && (
        <SetUpApp
          onClose={() => setOpen(null)}
          onDone={(fresh) => {
            setOpen(null);
            setCodes(fresh);
            say("The authenticator app is in use.");
            void changed();
          }}
        />
      )}
      <ConfirmDialog
        isOpen={open === "remove"}
        title="Remove the authenticator app?"
        confirmLabel="Remove app"
        isBusy={remove.isPending}
        error={remove.error && apiError(remove.error)}
        onConfirm={() => remove.mutate()}
        onClose={() => setOpen(null)}
      >
        <p>From then on it is not asked for when you sign in. The recovery codes go with your last second factor.</p>
      </ConfirmDialog>
      {codes && <RecoveryCodes codes={codes} onClose={() => setCodes(null)} />}
    </Section>
  );
}

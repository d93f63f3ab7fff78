"use client";
import { type PasskeyItem, passkeyName } from "@infirmary/shared/factor";
import { Button, TextInput } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { z } from "zod";
import { faultsOf } from "#lib/form/faults-of.ts";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { describeAgent } from "#lib/session/describe-agent.ts";
import { createPasskey, PasskeyError } from "#lib/session/passkey.ts";
import { apiError } from "#lib/trpc/api-error.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { DateTime } from "#ui/date-time.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { FormError } from "#ui/form-error.tsx";
import { say } from "#ui/toast-store.ts";
import classes from "./account.module.css";
import { useAddPasskey, useFactorKeys, usePasskeyOptions, useRemovePasskey, useRenamePasskey } from "./queries.ts";

type Props = { passkeys: readonly PasskeyItem[]; onCodes: (codes: readonly string[]) => void };
type Open = { kind: "add" } | { kind: "rename" | "remove"; passkey: PasskeyItem } | null;

/** The person's passkeys: one signs in with a finger, a face or a PIN, without a password. */
export function Passkeys({ passkeys, onCodes }: Props) {
  const queries = useQueryClient();
  const keys = useFactorKeys();
  const [open, setOpen] = useState<Open>(null);
  const remove = useMutation(useRemovePasskey());
  const options = useMutation(usePasskeyOptions());
  const add = useMutation(useAddPasskey());
  const rename = useMutation(useRenamePasskey());
  const changed = (text: string) => {
    setOpen(null);
    say(text);
    return queries.invalidateQueries({ queryKey: keys });
  };
  return (
    <>
      <div className={classes.method}>
        <div className={classes.methodText}>
          <strong>Passkeys</strong>
          <p className={classes.hint}>Sign in with this device&apos;s finger, face or PIN, or with a security key.</p>
        </div>
        <Button variant="default" onClick={() => setOpen({ kind: "add" })}>
          Add passkey
        </Button>
      </div>
      {passkeys.length > 0 && (
        <ul className={classes.passkeys} aria-label="Passkeys">
          {passkeys.map((passkey) => (
            <li key={passkey.id} className={classes.method}>
              <div className={classes.methodText}>
                <bdi>{passkey.name}</bdi>
                <p className={classes.hint}>
                  Added <DateTime at={passkey.createdAt} />,{" "}
                  {passkey.lastUsedAt ? (
                    <>
                      last used <DateTime at={passkey.lastUsedAt} />
                    </>
                  ) : (
                    "not used yet"
                  )}
                  {passkey.isBackedUp ? ", synchronised by its maker" : ""}
                </p>
              </div>
              <Button variant="default" size="compact-sm" onClick={() => setOpen({ kind: "rename", passkey })}>
                Rename
              </Button>
              <Button variant="default" size="compact-sm" onClick={() => setOpen({ kind: "remove", passkey })}>
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
      {open?.kind === "add" && (
        <NameDialog
          title="Add a passkey"
          hint="Next, the browser asks where to keep it and checks that it is you."
          action="Add passkey"
          initial={describeAgent(navigator.userAgent)}
          onClose={() => setOpen(null)}
          onSave={async (name) => {
            const response = await createPasskey(await options.mutateAsync());
            const { codes } = await add.mutateAsync({ name, response });
            void changed("The passkey is set up.");
            if (codes) onCodes(codes);
          }}
        />
      )}
      {open?.kind === "rename" && (
        <NameDialog
          title="Rename the passkey"
          action="Rename passkey"
          initial={open.passkey.name}
          onClose={() => setOpen(null)}
          onSave={async (name) => {
            await rename.mutateAsync({ id: open.passkey.id, name });
            void changed("The passkey is renamed.");
          }}
        />
      )}
      <ConfirmDialog
        isOpen={open?.kind === "remove"}
        title="Remove the passkey?"
        confirmLabel="Remove passkey"
        isBusy={remove.isPending}
        error={remove.error && apiError(remove.error)}
        onConfirm={() =>
          open?.kind === "remove" &&
          remove.mutate({ id: open.passkey.id }, { onSuccess: () => changed("The passkey is removed.") })
        }
        onClose={() => setOpen(null)}
      >
        <p>It no longer signs in here. The device itself still lists it until you delete it there.</p>
      </ConfirmDialog>
    </>
  );
}

type NameProps = {
  title: string;
  hint?: string;
  action: string;
  initial: string;
  onSave: (name: string) => Promise<void>;
  onClose: () => void;
};

function NameDialog({ title, hint, action, initial, onSave, onClose }: NameProps) {
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useApiForm({ initialValues: { name: initial }, validate: faultsOf(z.object({ name: passkeyName })) });
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        className={classes.form}
        noValidate
        onSubmit={form.save(async ({ name }) => {
          setRefusal(null);
          await onSave(name).catch((error) => {
            if (!(error instanceof PasskeyError)) throw error;
            setRefusal(error.message);
          });
        })}
      >
        <TextInput
          label="Name"
          description="To tell it from your others, as Work laptop."
          maxLength={60}
          data-autofocus
          {...form.getInputProps("name")}
        />
        {hint && <p className={classes.hint}>{hint}</p>}
        {refusal && (
          <p role="alert" className={classes.refusal}>
            {refusal}
          </p>
        )}
        <FormError error={form.apiError} rest={form.otherFaults} />
        <div className={classes.actions}>
          <Button type="submit" loading={form.isBusy}>
            {action}
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

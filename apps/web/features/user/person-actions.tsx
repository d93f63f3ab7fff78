"use client";
import type { User } from "@infirmary/shared/user";
import { Button } from "@mantine/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useMe } from "#lib/session/me.tsx";
import { apiError } from "#lib/trpc/api-error.ts";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { say } from "#ui/toast-store.ts";
import { useDeactivateUser, useSendResetLink, useUpdateUser, useUserKeys } from "./queries.ts";
import { ResetPassword } from "./reset-password.tsx";

type Open = "password" | "deactivate" | null;

/** Password, a link to set it oneself, deactivating, activating again. Nobody deactivates the own account from here. */
export function PersonActions({ person }: { person: User }) {
  const { me } = useMe();
  const queries = useQueryClient();
  const { all } = useUserKeys();
  const [open, setOpen] = useState<Open>(null);
  const done = (text: string) => {
    setOpen(null);
    say(text);
    return queries.invalidateQueries({ queryKey: all });
  };
  const deactivate = useMutation({ ...useDeactivateUser(), onSuccess: () => done(`Deactivated ${person.fullName}.`) });
  const activate = useMutation({
    ...useUpdateUser(),
    onSuccess: () => done(`Activated ${person.fullName}.`),
    onError: (error) => say(apiError(error).title),
  });
  const sendLink = useMutation({
    ...useSendResetLink(),
    onSuccess: () =>
      done(
        `${person.invitation ? "An invitation" : "A link that sets a new password"} is on its way to ${person.email}.`,
      ),
    onError: (error) => say(apiError(error).title),
  });
  const { id, version, status } = person;
  if (status === "PENDING") {
    return <Reject person={person} isOpen={open === "deactivate"} onOpen={setOpen} deactivate={deactivate} />;
  }
  return (
    <>
      <Button variant="default" onClick={() => setOpen("password")}>
        {person.invitation ? "Choose a password" : "Reset password"}
      </Button>
      {status === "ACTIVE" && (
        <Button variant="default" loading={sendLink.isPending} onClick={() => sendLink.mutate({ id })}>
          {person.invitation ? "Send the invitation again" : "Send a reset link"}
        </Button>
      )}
      {status === "INACTIVE" ? (
        <Button loading={activate.isPending} onClick={() => activate.mutate({ id, version, status: "ACTIVE" })}>
          Activate account
        </Button>
      ) : (
        <Button variant="default" disabled={id === me.id} onClick={() => setOpen("deactivate")}>
          Deactivate account
        </Button>
      )}
      {open === "password" && <ResetPassword person={person} onClose={() => setOpen(null)} />}
      <ConfirmDialog
        isOpen={open === "deactivate"}
        title={`Deactivate ${person.fullName}?`}
        confirmLabel="Deactivate account"
        isBusy={deactivate.isPending}
        error={deactivate.error && apiError(deactivate.error)}
        onConfirm={() => deactivate.mutate({ id })}
        onClose={() => setOpen(null)}
      >
        <p>
          The person is signed out everywhere at once and cannot sign in until activated again. What they ordered, wrote
          and signed stays.
        </p>
      </ConfirmDialog>
    </>
  );
}

type RejectProps = {
  person: User;
  isOpen: boolean;
  onOpen: (open: Open) => void;
  deactivate: { mutate: (input: { id: string }) => void; isPending: boolean; error: unknown };
};

function Reject({ person, isOpen, onOpen, deactivate }: RejectProps) {
  return (
    <>
      <Button variant="default" onClick={() => onOpen("deactivate")}>
        Refuse account
      </Button>
      <ConfirmDialog
        isOpen={isOpen}
        title={`Refuse an account to ${person.fullName}?`}
        confirmLabel="Refuse account"
        isBusy={deactivate.isPending}
        error={deactivate.error ? apiError(deactivate.error) : null}
        onConfirm={() => deactivate.mutate({ id: person.id })}
        onClose={() => onOpen(null)}
      >
        <p>The account stays in the list as deactivated and cannot sign in.</p>
      </ConfirmDialog>
    </>
  );
}

"use client";
import { factorCode } from "@infirmary/shared/factor";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { z } from "zod";
import { faultsOf } from "#lib/form/faults-of.ts";
import { useApiForm } from "#lib/form/use-api-form.ts";
import { apiError } from "#lib/trpc/api-error.ts";
import { Dialog } from "#ui/dialog.tsx";
import { ErrorState } from "#ui/error-state.tsx";
import { FormError } from "#ui/form-error.tsx";
import { QrCode } from "#ui/qr-code.tsx";
import classes from "./account.module.css";
import { CodeInput } from "./code-input.tsx";
import { useConfirmTotp, useStartTotp } from "./queries.ts";

type Props = { onClose: () => void; onDone: (codes: readonly string[] | null) => void };

/** Brings the seed into the app by camera or by hand, and takes the app into use with its first code. */
export function SetUpApp({ onClose, onDone }: Props) {
  const { mutate: start, data: setup, error } = useMutation(useStartTotp());
  const confirm = useMutation(useConfirmTotp());
  const form = useApiForm({ initialValues: { code: "" }, validate: faultsOf(z.object({ code: factorCode })) });
  const isStarted = useRef(false);
  useEffect(() => {
    if (isStarted.current) return;
    isStarted.current = true;
    start(undefined, { onError: (refusal) => apiError(refusal).code === "reauthentication-required" && onClose() });
  }, [start, onClose]);
  if (error)
    return (
      <Dialog title="Set up an authenticator app" onClose={onClose}>
        <ErrorState error={apiError(error)} isCompact />
      </Dialog>
    );
  if (!setup) return null;
  return (
    <Dialog title="Set up an authenticator app" onClose={onClose} size={560}>
      <form
        className={classes.form}
        noValidate
        onSubmit={form.save(async (values) => onDone((await confirm.mutateAsync(values)).codes))}
      >
        <div className={classes.setup}>
          <QrCode text={setup.uri} label="QR code with the seed for the app" className={classes.qr} />
          <div className={classes.form}>
            <p>1. Scan this with an authenticator app, or type the seed into it:</p>
            <p className={classes.secret}>{setup.secret.match(/.{1,4}/g)?.join(" ")}</p>
            <p>2. Enter the code the app shows now.</p>
            <CodeInput data-autofocus {...form.getInputProps("code")} />
          </div>
        </div>
        <FormError error={form.apiError} rest={form.otherFaults} />
        <div className={classes.actions}>
          <Button type="submit" loading={form.isBusy}>
            Use this app
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

"use client";
import { Button } from "@mantine/core";
import { useMe } from "#lib/session/me.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { say } from "#ui/toast-store.ts";
import classes from "./account.module.css";

/** The recovery codes, this once: to copy, or to print and lock away. */
export function RecoveryCodes({ codes, onClose }: { codes: readonly string[]; onClose: () => void }) {
  const { me } = useMe();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(codes.join("\n"));
      say("Copied. Keep them where only you can read them.");
    } catch {
      say("The browser did not allow copying. Print or write the codes down.");
    }
  };
  return (
    <Dialog title="Your recovery codes" onClose={onClose}>
      <div className={classes.form}>
        <p>
          Keep these where only you can read them. Each signs <strong>{me.username}</strong> in once without the phone.
          They are not shown again.
        </p>
        <ol className={classes.codes} aria-label="Recovery codes">
          {codes.map((code) => (
            <li key={code}>{code}</li>
          ))}
        </ol>
        <div className={`${classes.actions} no-print`}>
          <Button onClick={onClose}>I have kept them</Button>
          <Button variant="default" onClick={() => void copy()}>
            Copy
          </Button>
          <Button variant="default" onClick={() => window.print()}>
            Print
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

"use client";
import { useEffect, useState } from "react";
import { useMe } from "#lib/session/me.tsx";
import { DateTime } from "#ui/date-time.tsx";
import classes from "./shell.module.css";

/** The last line of every print: who printed it, where and when. A sheet found on a desk must say how old it is. */
export function PrintLine() {
  const { fullName, facilities } = useMe().me;
  const [at, setAt] = useState<string | null>(null);
  useEffect(() => {
    const note = () => setAt(new Date().toISOString());
    note();
    window.addEventListener("beforeprint", note);
    return () => window.removeEventListener("beforeprint", note);
  }, []);
  return (
    <p className={`${classes.printLine} print-only`}>
      Printed {at && <DateTime at={at} />} by {fullName}, {facilities.map(({ name }) => name).join(", ")}. Values may
      have changed since.
    </p>
  );
}

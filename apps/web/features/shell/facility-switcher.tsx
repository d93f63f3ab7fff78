"use client";
import { IconChevronDown } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useState } from "react";
import { useMe } from "#lib/session/me.tsx";
import { useShortcut } from "#ui/shortcut.tsx";
import classes from "./facility-switcher.module.css";

/** Fetched when it is asked for: few change places in the middle of the work. */
const FacilityDialog = dynamic(() => import("./facility-dialog.tsx").then((module) => module.FacilityDialog));

/** Where the person works now, as what, and the way to another facility. */
export function FacilitySwitcher() {
  const { me } = useMe();
  const [isOpen, setIsOpen] = useState(false);
  const canChange = me.facilities.length > 1;
  useShortcut({ keys: "g w", label: "Work at another facility", group: "Go to" }, () => setIsOpen(true), canChange);
  const roles = me.roleNames.join(", ");
  const place = (
    <span className={classes.place}>
      <span className={classes.name}>{me.facility.name}</span>
      <span className={classes.role}>{roles}</span>
    </span>
  );
  if (!canChange) return <span className={classes.here}>{place}</span>;
  return (
    <>
      <button
        type="button"
        className={classes.button}
        title={`${me.facility.name}, ${roles}. Work at another facility (g w)`}
        aria-haspopup="dialog"
        onClick={() => setIsOpen(true)}
      >
        {place}
        <IconChevronDown size={16} aria-hidden="true" />
      </button>
      {isOpen && <FacilityDialog onClose={() => setIsOpen(false)} />}
    </>
  );
}

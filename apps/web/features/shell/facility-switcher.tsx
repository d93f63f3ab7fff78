"use client";
import { IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import { useMe } from "#lib/session/me.tsx";
import { useChangeFacility } from "#lib/session/use-change-facility.ts";
import { apiError } from "#lib/trpc/api-error.ts";
import { Dialog } from "#ui/dialog.tsx";
import { FormError } from "#ui/form-error.tsx";
import { useShortcut } from "#ui/shortcut.tsx";
import classes from "./facility-switcher.module.css";

/** Where the person works now, as what, and the way to another facility. */
export function FacilitySwitcher() {
  const { me } = useMe();
  const [isOpen, setIsOpen] = useState(false);
  const change = useChangeFacility();
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
        aria-label={`Working at ${me.facility.name} as ${roles}. Change facility`}
        aria-haspopup="dialog"
        onClick={() => setIsOpen(true)}
      >
        {place}
        <IconChevronDown size={16} aria-hidden="true" />
      </button>
      {isOpen && (
        <Dialog title="Where do you work now?" onClose={() => setIsOpen(false)} size={420}>
          <ul className={classes.list}>
            {me.facilities.map(({ id, name, roleNames }) => (
              <li key={id}>
                <button
                  type="button"
                  className={classes.choice}
                  aria-current={id === me.facility.id || undefined}
                  data-autofocus={id !== me.facility.id || undefined}
                  disabled={change.isBusy}
                  onClick={() => (id === me.facility.id ? setIsOpen(false) : change.to(id))}
                >
                  <span className={classes.name}>{name}</span>
                  <span className={classes.role}>
                    {roleNames.join(", ")}
                    {id === me.facility.id && " · here now"}
                  </span>
                </button>
              </li>
            ))}
          </ul>
          <p className={classes.hint}>
            Lists, work and rights are those of the facility chosen. Your inbox follows you.
          </p>
          <FormError error={change.error ? apiError(change.error) : null} rest={[]} />
        </Dialog>
      )}
    </>
  );
}

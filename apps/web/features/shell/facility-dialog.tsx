"use client";
import { useMe } from "#lib/session/me.tsx";
import { useChangeFacility } from "#lib/session/use-change-facility.ts";
import { apiError } from "#lib/trpc/api-error.ts";
import { Dialog } from "#ui/dialog.tsx";
import { FormError } from "#ui/form-error.tsx";
import classes from "./facility-switcher.module.css";

/** The facilities one works at, and as what at each. */
export function FacilityDialog({ onClose }: { onClose: () => void }) {
  const { me } = useMe();
  const change = useChangeFacility();
  return (
    <Dialog title="Where do you work now?" onClose={onClose} size={420}>
      <ul className={classes.list}>
        {me.facilities.map(({ id, name, roleNames }) => (
          <li key={id}>
            <button
              type="button"
              className={classes.choice}
              aria-current={id === me.facility.id || undefined}
              data-autofocus={id !== me.facility.id || undefined}
              disabled={change.isBusy}
              onClick={() => (id === me.facility.id ? onClose() : change.to(id))}
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
      <p className={classes.hint}>Lists, work and rights are those of the facility chosen. Your inbox follows you.</p>
      <FormError error={change.error ? apiError(change.error) : null} rest={[]} />
    </Dialog>
  );
}

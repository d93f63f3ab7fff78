"use client";
import { Checkbox } from "@mantine/core";
import { Dialog } from "./dialog.tsx";
import { Kbd } from "./kbd.tsx";
import { useShortcutList } from "./shortcut.tsx";
import classes from "./shortcut-help.module.css";

/** The sheet behind `?`: every key that does something on this screen, and the switch that turns single keys off. */
export function ShortcutHelp({ onClose }: { onClose: () => void }) {
  const { shortcuts, isOn, setOn } = useShortcutList();
  const groups = Object.groupBy(shortcuts, (shortcut) => shortcut.group);
  return (
    <Dialog title="Keyboard shortcuts" onClose={onClose} size={560}>
      <div className={classes.sheet}>
        {Object.entries(groups).map(([group, entries]) => (
          <section key={group}>
            <h3 className={classes.heading}>{group}</h3>
            <dl className={classes.list}>
              {entries?.map(({ keys, label }) => (
                <div key={keys} className={classes.row}>
                  <dt>{label}</dt>
                  <dd>
                    <Kbd keys={keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
        <Checkbox
          label="Use single-key shortcuts"
          description="They are always off in text fields and dialogs. Ctrl+K works in any case."
          checked={isOn}
          onChange={(event) => setOn(event.currentTarget.checked)}
        />
      </div>
    </Dialog>
  );
}

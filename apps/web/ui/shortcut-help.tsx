"use client";
import { Checkbox, Modal } from "@mantine/core";
import { Kbd } from "./kbd.tsx";
import { useShortcutList } from "./shortcut.tsx";
import classes from "./shortcut-help.module.css";

/** The sheet behind `?`: every key that does something on this screen, and the switch that turns single keys off. */
export function ShortcutHelp({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const { shortcuts, isOn, setOn } = useShortcutList();
  const groups = Object.groupBy(shortcuts, (shortcut) => shortcut.group);
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title="Keyboard shortcuts"
      size={560}
      closeButtonProps={{ "aria-label": "Close" }}
    >
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
    </Modal>
  );
}

"use client";
import { type ReactNode, useId, useRef, useState } from "react";
import classes from "./dropdown.module.css";

type Props = {
  /** What the button shows. */
  button: ReactNode;
  buttonClassName: string | undefined;
  /** Name of the button where its content does not say it. */
  buttonLabel?: string;
  /** Hint beside the pointer. */
  title?: string;
  /** Name of the panel. */
  label: string;
  /** The panel, made when it opens; `close` for its links and buttons. */
  children: (close: () => void) => ReactNode;
  /** Opens below its button; otherwise in the corner of the header. */
  isBelow?: boolean;
};

/**
 * A button of the header and the panel below it. The browser's own popover does the work: Escape and a click elsewhere
 * close it, the focus goes back to the button, and nothing has to be loaded for it.
 */
export function Dropdown({ button, buttonClassName, buttonLabel, title, label, children, isBelow = false }: Props) {
  const id = useId();
  const panelRef = useRef<HTMLDivElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <button
        type="button"
        className={buttonClassName}
        aria-label={buttonLabel}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        title={title}
        popoverTarget={id}
      >
        {button}
      </button>
      <div
        ref={panelRef}
        id={id}
        popover="auto"
        role="dialog"
        aria-label={label}
        className={isBelow ? `${classes.panel} ${classes.below}` : classes.panel}
        onToggle={(event) => setIsOpen(event.newState === "open")}
      >
        {isOpen && children(() => panelRef.current?.hidePopover())}
      </div>
    </>
  );
}

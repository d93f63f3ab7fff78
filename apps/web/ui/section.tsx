import type { ReactNode } from "react";
import classes from "./section.module.css";

type Props = { title: string; actions?: ReactNode; children: ReactNode };

/** A titled part of a screen. */
export function Section({ title, actions, children }: Props) {
  return (
    <section className={classes.section} aria-label={title}>
      <div className={classes.head}>
        <h2 className={classes.title}>{title}</h2>
        {actions && <div className="no-print">{actions}</div>}
      </div>
      {children}
    </section>
  );
}

import type { ReactNode } from "react";
import classes from "./page-header.module.css";

type Props = { title: string; description?: ReactNode; actions?: ReactNode };

/** The title of a screen, one line about it where it helps, and what can be done from here. */
export function PageHeader({ title, description, actions }: Props) {
  return (
    <header className={classes.header}>
      <div className={classes.words}>
        <h1 className={classes.title}>{title}</h1>
        {description && <p className={classes.description}>{description}</p>}
      </div>
      {actions && <div className={`${classes.actions} no-print`}>{actions}</div>}
    </header>
  );
}

import type { ReactNode } from "react";
import { Logo } from "#ui/logo.tsx";
import classes from "./sign-in.module.css";

/** The quiet frame of the pages one sees before signing in. */
export function PublicPage({ title, children, aside }: { title: string; children: ReactNode; aside: ReactNode }) {
  return (
    <main className={classes.page}>
      <p className={classes.brand}>
        <Logo /> Infirmary
      </p>
      <section className={classes.card}>
        <h1 className={classes.title}>{title}</h1>
        {children}
      </section>
      <p className={classes.aside}>{aside}</p>
    </main>
  );
}

"use client";
import type { ReactNode } from "react";
import { useMe } from "#lib/session/me.tsx";
import { Header } from "./header.tsx";
import { PrintLine } from "./print-line.tsx";
import { Rail } from "./rail.tsx";
import classes from "./shell.module.css";
import { useNavigationKeys } from "./use-navigation-keys.ts";

type Props = {
  children: ReactNode;
  /** The bell; composed by the page so that the shell knows no capability. */
  bell: ReactNode;
  /** The search field and the palette behind it. */
  search: ReactNode;
  /** What to say about the live connection. */
  live: ReactNode;
  /** What stays in sight below the bar, on every screen. */
  notice: ReactNode;
};

/** The frame around every screen of the clinic: where one can go, who and where one is, what is new. */
export function Shell({ children, bell, search, live, notice }: Props) {
  const { permissions } = useMe();
  useNavigationKeys(permissions);
  return (
    <div className={classes.shell}>
      <a href="#main" className={classes.skip}>
        Skip to the content
      </a>
      <div className={classes.top}>
        <Header search={search} bell={bell} live={live} />
        {notice}
      </div>
      <Rail permissions={permissions} />
      <main id="main" tabIndex={-1} className={classes.main}>
        {children}
        <PrintLine />
      </main>
    </div>
  );
}

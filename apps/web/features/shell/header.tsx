"use client";
import Link from "next/link";
import type { ReactNode } from "react";
import { Logo } from "#ui/logo.tsx";
import { FacilitySwitcher } from "./facility-switcher.tsx";
import { HelpButton } from "./help-button.tsx";
import classes from "./shell.module.css";
import { UserMenu } from "./user-menu.tsx";

/** The top line: home, search, where I am, what is new, who I am. */
export function Header({ search, bell, live }: { search: ReactNode; bell: ReactNode; live: ReactNode }) {
  return (
    <header className={`${classes.header} no-print`}>
      <Link href="/" className={classes.brand} aria-label="Infirmary, home">
        <Logo />
        <span className={classes.brandName}>Infirmary</span>
      </Link>
      <div className={classes.search}>{search}</div>
      <div className={classes.where}>
        {live}
        <FacilitySwitcher />
        {bell}
        <HelpButton />
        <UserMenu />
      </div>
    </header>
  );
}

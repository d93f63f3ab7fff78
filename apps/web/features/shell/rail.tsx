"use client";
import type { Permission } from "@infirmary/shared/access";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { destinationsFor, isAt } from "./navigation.ts";
import classes from "./shell.module.css";

/** The places a person can go: a rail of words, of icons where the screen is narrow, a bar at the foot of a tablet. */
export function Rail({ permissions }: { permissions: readonly Permission[] }) {
  const path = usePathname();
  return (
    <nav className={`${classes.rail} no-print`} aria-label="Main">
      <ul className={classes.places}>
        {destinationsFor(permissions).map(({ href, label, icon: Icon, keys }) => (
          <li key={href}>
            <Link
              title={`${label} (${keys})`}
              href={href}
              className={classes.place}
              aria-current={isAt(path, href) ? "page" : undefined}
            >
              <Icon size={20} stroke={1.75} aria-hidden="true" className={classes.placeIcon} />
              <span className={classes.placeLabel}>{label}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

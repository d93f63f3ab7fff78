"use client";
import { Radio, useMantineColorScheme } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import Link from "next/link";
import { useMe } from "#lib/session/me.tsx";
import { useLock } from "#lib/session/use-lock.ts";
import { useSignOut } from "#lib/session/use-sign-out.ts";
import { Dropdown } from "#ui/dropdown.tsx";
import classes from "./user-menu.module.css";

const schemes = [
  { value: "light", label: "Light" },
  { value: "dark", label: "Dark" },
  { value: "auto", label: "As the device" },
] as const;

/** Who is signed in, as what; the own account, light or dark, and the way out. */
export function UserMenu() {
  const { me } = useMe();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const signOut = useSignOut();
  const lock = useLock();
  const role = me.roleNames.join(", ") || "No role";
  return (
    <Dropdown
      label="Account and appearance"
      buttonClassName={classes.user}
      button={
        <>
          <span className={classes.name}>{me.fullName}</span>
          <span className={classes.role}>{role}</span>
          <IconChevronDown size={16} aria-hidden="true" />
        </>
      }
    >
      {(close) => (
        <>
          <p className={classes.who}>
            <strong>{me.fullName}</strong>
            <br />
            {role}
          </p>
          <Link href="/account" className={classes.item} onClick={close}>
            My account
          </Link>
          <Radio.Group
            label="Appearance"
            className={classes.schemes}
            value={colorScheme}
            onChange={(value) => setColorScheme(value as (typeof schemes)[number]["value"])}
          >
            {schemes.map(({ value, label }) => (
              <Radio key={value} value={value} label={label} size="xs" className={classes.scheme} />
            ))}
          </Radio.Group>
          <button
            type="button"
            className={classes.item}
            onClick={() => {
              close();
              void lock();
            }}
          >
            Lock the screen
          </button>
          <button type="button" className={classes.item} onClick={() => void signOut()}>
            Sign out
          </button>
        </>
      )}
    </Dropdown>
  );
}

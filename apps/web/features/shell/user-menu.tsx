"use client";
import { roleNames } from "@infirmary/shared/access";
import { Menu, useMantineColorScheme } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import Link from "next/link";
import { useMe } from "#lib/session/me.tsx";
import { useSignOut } from "#lib/session/use-sign-out.ts";
import classes from "./shell.module.css";

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
  const role = me.roles.map((held) => roleNames[held]).join(", ");
  return (
    <Menu width={220}>
      <Menu.Target>
        <button type="button" className={classes.user}>
          <span className={classes.userName}>{me.fullName}</span>
          <span className={classes.userRole}>{role}</span>
          <IconChevronDown size={16} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>
          {me.fullName} · {role}
        </Menu.Label>
        <Menu.Item component={Link} href="/account">
          My account
        </Menu.Item>
        <Menu.Divider />
        <Menu.Label>Appearance</Menu.Label>
        {schemes.map(({ value, label }) => (
          <Menu.Item
            key={value}
            role="menuitemradio"
            aria-checked={colorScheme === value}
            onClick={() => setColorScheme(value)}
            rightSection={colorScheme === value ? <span aria-hidden="true">✓</span> : undefined}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => void signOut()}>Sign out</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

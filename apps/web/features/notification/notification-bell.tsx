"use client";
import { Popover, Tooltip, UnstyledButton } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { LiveRegion } from "#ui/live-region.tsx";
import classes from "./notification.module.css";
import { NotificationPanel } from "./notification-panel.tsx";
import { useNotifications } from "./queries.ts";

/** How many things are new, as a number beside the bell; opens the panel that lists them. */
export function NotificationBell() {
  const [isOpen, setIsOpen] = useState(false);
  const notifications = useQuery(useNotifications());
  const unread = notifications.data?.unread ?? 0;
  const label = unread === 0 ? "Notifications, none new" : `Notifications, ${unread} new`;
  return (
    <>
      <LiveRegion>{unread === 0 ? "" : `${unread} new ${unread === 1 ? "notification" : "notifications"}`}</LiveRegion>
      <Popover opened={isOpen} onChange={setIsOpen} position="bottom-end" width={400} trapFocus returnFocus>
        <Popover.Target>
          <Tooltip label="Notifications" disabled={isOpen}>
            <UnstyledButton
              className={classes.bell}
              aria-label={label}
              aria-haspopup="dialog"
              onClick={() => setIsOpen((open) => !open)}
            >
              <IconBell size={20} stroke={1.75} aria-hidden="true" />
              {unread > 0 && <span className={classes.count}>{unread > 99 ? "99+" : unread}</span>}
            </UnstyledButton>
          </Tooltip>
        </Popover.Target>
        <Popover.Dropdown p={0} aria-label="Notifications">
          <NotificationPanel query={notifications} onOpen={() => setIsOpen(false)} />
        </Popover.Dropdown>
      </Popover>
    </>
  );
}

"use client";
import { IconBell } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Dropdown } from "#ui/dropdown.tsx";
import { LiveRegion } from "#ui/live-region.tsx";
import classes from "./notification.module.css";
import { NotificationPanel } from "./notification-panel.tsx";
import { useNotifications } from "./queries.ts";

/** How many things are new, as a number beside the bell; opens the panel that lists them. */
export function NotificationBell() {
  const notifications = useQuery(useNotifications());
  const unread = notifications.data?.unread ?? 0;
  const label = unread === 0 ? "Notifications, none new" : `Notifications, ${unread} new`;
  return (
    <>
      <LiveRegion>{unread === 0 ? "" : `${unread} new ${unread === 1 ? "notification" : "notifications"}`}</LiveRegion>
      <Dropdown
        label="Notifications"
        buttonLabel={label}
        title="Notifications"
        buttonClassName={classes.bell}
        button={
          <>
            <IconBell size={20} stroke={1.75} aria-hidden="true" />
            {unread > 0 && <span className={classes.count}>{unread > 99 ? "99+" : unread}</span>}
          </>
        }
      >
        {(close) => <NotificationPanel query={notifications} onOpen={close} />}
      </Dropdown>
    </>
  );
}

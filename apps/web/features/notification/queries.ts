"use client";
import { useTRPC } from "#lib/trpc/client.ts";

/** How many the panel shows. */
const shown = 20;

export const useNotifications = () => useTRPC().notification.list.queryOptions({ limit: shown });
export const useMarkRead = () => useTRPC().notification.markRead.mutationOptions();
export const useNotificationKey = () => useTRPC().notification.pathKey();

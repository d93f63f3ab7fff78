import type { ReactNode } from "react";
import { SessionGate } from "#features/account/session-gate.tsx";
import { OpenRecords } from "#features/break-glass/open-records.tsx";
import { LiveUpdates } from "#features/live/live-updates.tsx";
import { NotificationBell } from "#features/notification/notification-bell.tsx";
import { Shell } from "#features/shell/shell.tsx";
import { ScanListener } from "#features/specimen/scan-listener.tsx";
import { MeProvider } from "#lib/session/me.tsx";
import { requireUser } from "#lib/session/require-permission.ts";
import { ApiProviders } from "#lib/trpc/providers.tsx";
import { TimeZoneProvider } from "#ui/time-zone.tsx";
import { ClinicSearch } from "./clinic-search.tsx";

/** For somebody who can only set up a second factor: whatever else is asked would be refused. */
const nothing = { search: null, bell: null, live: null, notice: null };

/** The shell around every screen of the clinic. It permits nothing: each page asks for its own permission. */
export default async function ClinicLayout({ children }: { children: ReactNode }) {
  const me = await requireUser({ evenWithoutFactor: true });
  return (
    <MeProvider me={me}>
      <TimeZoneProvider timeZone={me.facility.timeZone}>
        <ApiProviders key={me.facility.id} facilityId={me.facility.id}>
          <Shell
            {...(me.needsFactor
              ? nothing
              : {
                  search: <ClinicSearch />,
                  bell: <NotificationBell />,
                  live: <LiveUpdates />,
                  notice: <OpenRecords />,
                })}
          >
            {children}
          </Shell>
          {!me.needsFactor && <ScanListener />}
          <SessionGate isLocked={me.isLocked} />
        </ApiProviders>
      </TimeZoneProvider>
    </MeProvider>
  );
}

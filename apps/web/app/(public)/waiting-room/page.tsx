import type { Metadata } from "next";
import { WaitingBoard } from "#features/queue/waiting-board.tsx";
import { ApiProviders } from "#lib/trpc/providers.tsx";

export const metadata: Metadata = { title: "Waiting room" };

export default function WaitingRoomPage() {
  return (
    <main>
      <ApiProviders>
        <WaitingBoard />
      </ApiProviders>
    </main>
  );
}

"use client";
import { Button, Group } from "@mantine/core";
import { useState } from "react";
import { useMe } from "#lib/session/me.tsx";
import { LegalHolds } from "./legal-holds.tsx";
import { SealPill } from "./seal-pill.tsx";

/** Beside the title of the log: how it stands, and what keeps it from being deleted. */
export function AuditActions() {
  const { can } = useMe();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Group gap="md">
      <SealPill />
      {can("audit.hold") && (
        <Button variant="default" onClick={() => setIsOpen(true)}>
          Legal holds
        </Button>
      )}
      {isOpen && <LegalHolds onClose={() => setIsOpen(false)} />}
    </Group>
  );
}

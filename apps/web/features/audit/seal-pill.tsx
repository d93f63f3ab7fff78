"use client";
import type { AuditStatus } from "@infirmary/shared/audit";
import { UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { StatusBadge, type Tone } from "#ui/status-badge.tsx";
import { useAuditStatus } from "./queries.ts";
import classes from "./seal.module.css";
import { SealDetails } from "./seal-details.tsx";

/** The state of the audit log in a few words; pressing it tells the rest. */
export function SealPill() {
  const { data, isError } = useQuery(useAuditStatus());
  const [isOpen, setIsOpen] = useState(false);
  if (!data) return isError ? <StatusBadge tone="muted">Seals: not known</StatusBadge> : null;
  return (
    <>
      <UnstyledButton className={classes.pill} onClick={() => setIsOpen(true)} aria-haspopup="dialog">
        <StatusBadge tone={tones[data.state]}>{sealWords(data)}</StatusBadge>
      </UnstyledButton>
      {isOpen && <SealDetails status={data} onClose={() => setIsOpen(false)} />}
    </>
  );
}

const tones: Record<AuditStatus["state"], Tone> = {
  verified: "accent",
  behind: "abnormal",
  tampered: "abnormal",
  unchecked: "muted",
};

/** The pill's words. */
export function sealWords({ state, verifiedSeal, lagSeconds, findings }: AuditStatus): string {
  if (state === "tampered") return `Tampering found: ${findings.length} ${findings.length === 1 ? "place" : "places"}`;
  if (state === "behind") return `Sealing is ${Math.round(lagSeconds / 60)} min behind`;
  if (state === "unchecked" || verifiedSeal === null || verifiedSeal === 0) return "Not checked yet";
  return `Verified up to seal ${verifiedSeal.toLocaleString("en-US")}`;
}

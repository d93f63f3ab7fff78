/** What a check can find. docs/audit.md says of each what it means and what to do. */
export type FindingKind =
  | "entry-changed"
  | "entry-inserted"
  | "entries-deleted"
  | "entries-moved"
  | "partition-missing"
  | "seal-missing"
  | "seal-changed"
  | "seal-foreign-key"
  | "seal-replaced"
  | "tail-truncated"
  | "anchor-changed"
  | "anchor-missing"
  | "index-changed";

/** One thing that is not as it was written: what kind, and where. */
export type Finding = { kind: FindingKind; tenantId: string | null; place: string; detail: string };

export type TenantReport = {
  tenantId: string;
  seals: number;
  entries: number;
  /** Entries not sealed yet, and the age of the oldest in seconds. */
  unsealed: number;
  lagSeconds: number;
  lastSeal: { number: number; sealedAt: string } | null;
  findings: Finding[];
};

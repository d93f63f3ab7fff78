/** A seal as it stands outside the database: with its chain value and signature, a changed or shortened log cannot pass for the old one. */
export type AnchorRecord = {
  tenantId: string;
  number: number;
  chain: string;
  keyId: string;
  /** The seal's signature, base64. */
  signature: string;
  anchoredAt: string;
};

/** A place outside the database that keeps what is written. */
export type Anchor = {
  /** Names the place; shown to administrators. */
  place: string;
  /** Settles when the records are durable there. */
  write(records: readonly AnchorRecord[]): Promise<void>;
};

/** What a tenant's keys are for. Separate keys, so that one can be rotated or destroyed without the others. */
export const purposes = ["field", "message", "answer"] as const;
export type Purpose = (typeof purposes)[number];

/** Raw messages are large and many; kept answers live a day. Everything else is a field of a record. */
const ofTable: Readonly<Record<string, Purpose>> = {
  hl7_message: "message",
  unmatched_message: "message",
  idempotency_key: "answer",
};

/** The purpose of the key that seals a table's values. */
export const purposeOf = (table: string): Purpose => ofTable[table] ?? "field";

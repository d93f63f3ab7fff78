import type { UnmatchedReason } from "@infirmary/shared/unmatched";
import { newId } from "../../core/id.ts";
import type { Scope } from "../../core/scope.ts";
import { sealText } from "../../core/sealed-text.ts";
import type { Work } from "../../core/unit-of-work.ts";
import { findUnmatched, insertUnmatched, type NewUnmatched, type ParkedRow, type Problem } from "./store.ts";

/** A message that cannot be filed, and why. */
export type Parking = {
  scope: Scope;
  bytes: Uint8Array;
  contentHash: Uint8Array;
  sender: string;
  controlId: string;
  type: string;
  version: string;
  fileName: string | null;
  partner: { id: string; name: string } | null;
  reason: UnmatchedReason;
  problems: Problem[];
};

/** Identifiers are bounded where they are looked up; the whole message stands beside them. */
const lengthMax = 199;
const storable = (text: string) => text.replaceAll("\0", "").slice(0, lengthMax);
const problemsMax = 100;

/**
 * Lets messages wait at the desk, byte for byte. One that waits or waited there already is not added again: the answer is the row as it
 * stands, so that a repeat can be answered as the first was.
 */
export async function parkMessages(work: Work, parkings: readonly Parking[]): Promise<ParkedRow[]> {
  if (parkings.length === 0) return [];
  const { connection, scope, platform } = work;
  const { tenantId } = scope;
  const messages = parkings.map((parking): NewUnmatched => {
    const id = newId();
    return {
      id,
      partnerId: parking.partner?.id ?? null,
      receivedById: parking.scope.actor?.userId ?? null,
      sender: storable(parking.sender),
      controlId: storable(parking.controlId),
      contentHash: parking.contentHash,
      rawSealed: platform.keys.seal(parking.bytes, {
        tenant: tenantId,
        table: "unmatched_message",
        column: "raw_sealed",
        row: id,
      }),
      sizeBytes: parking.bytes.length,
      type: storable(parking.type),
      version: storable(parking.version),
      fileNameSealed: sealText(
        platform.keys,
        { tenantId, table: "unmatched_message", id },
        "file_name_sealed",
        parking.fileName,
      ),
      reason: parking.reason,
      problems: parking.problems.slice(0, problemsMax).map(({ path, message }) => ({ path, message })),
    };
  });
  const [, rows] = await Promise.all([
    insertUnmatched(connection, { tenantId, messages }),
    findUnmatched(connection, { tenantId, keys: messages }),
  ]);
  const found = new Map(rows.map((row) => [keyOf(row), row]));
  const added = new Set(messages.map(({ id }) => id));
  const parked = messages.map((message, index) => {
    const row = found.get(keyOf(message));
    if (!row) throw new Error("A parked message is not there.");
    const parking = parkings[index];
    if (parking && added.delete(row.id))
      work.audit({
        scope: parking.scope,
        ...(parking.partner && !parking.scope.actor ? { by: { userId: null, username: parking.partner.name } } : {}),
        action: "unmatched.receive",
        entity: "unmatched",
        entityId: row.id,
        outcome: "failed",
        reason: row.reason,
        after: { controlId: row.controlId, sizeBytes: message.sizeBytes },
      });
    return row;
  });
  work.emit({ name: "unmatched.changed" });
  return parked;
}

const keyOf = ({ sender, controlId, contentHash }: Pick<NewUnmatched, "sender" | "controlId" | "contentHash">) =>
  `${sender}\n${controlId}\n${Buffer.from(contentHash).toString("base64")}`;

import { cutils, hl7 } from "@infirmary/native";
import type { UnmatchedReason } from "@infirmary/shared/unmatched";
import { GroupQueue, type Settled } from "../../core/group-queue.ts";
import { newId } from "../../core/id.ts";
import type { Platform } from "../../core/platform.ts";
import { inWork } from "../../core/unit-of-work.ts";
import type { InboundPartner } from "../partner/index.ts";
import {
  type Filed,
  faultsOf,
  fileGroup,
  type Interpreted,
  interpretMessage,
  Refusal,
  type Submission,
} from "../result/index.ts";
import { type ParkedRow, parkMessages } from "../unmatched/index.ts";
import { acknowledge, errorNumbers, type Verdict } from "./acknowledge.ts";

/** What became of a message that was read: it is filed, or it waits at the desk. */
type Stored = { filed: Filed } | { parked: ParkedRow };
type Item = { submission: Submission; interpreted: Interpreted; faults: { path: string; message: string }[] | null };

/** Reasons that are the sender's to mend; with the others it has done its part, and a person here finds the place. */
const senderErrors = new Set<UnmatchedReason>(["message-invalid", "control-id-reused"]);

/**
 * Takes messages from partners: read and judged where they arrive, filed or parked in groups, answered after the commit. One for a process.
 */
export class MessageIntake {
  private readonly queue: GroupQueue<Item, Stored>;

  constructor(platform: Platform) {
    this.queue = new GroupQueue({
      keyOf: ({ submission }) => submission.content.orderNumbers[0] ?? submission.content.controlId,
      run: (tenantId, items) =>
        inWork(platform, { tenantId, actor: null, requestId: newId(), ip: null }, (work) => storeGroup(work, items)),
    });
  }

  /**
   * The acknowledgements for a message, durable when they are answered. Null where there is no header to answer to.
   * @throws AppError `unavailable` and the like where nothing could be stored: the sender keeps the message and sends it again
   */
  async take(partner: InboundPartner, bytes: Uint8Array, ip: string | null): Promise<Uint8Array[] | null> {
    const interpreted = interpretMessage(bytes, null);
    const { report, message, content } = interpreted;
    if (report.ack === null) return null;
    const reply = (verdict: Verdict, problems: { path: string; message: string; hl7Error: number }[]) =>
      acknowledge({
        report,
        message,
        verdict,
        problems: problems.map((problem) => ({ ...problem, isError: verdict !== "A" })),
        id: newId(),
        at: new Date(),
      });
    const count = hl7.split(bytes).length;
    if (count > 1)
      return reply("E", [
        { path: "MSH", message: `There are ${count} messages in one frame; each needs its own.`, hl7Error: 100 },
      ]);
    if (report.ack === "AR" || !content) return reply("R", []);
    if (partner.senders.length > 0 && !partner.senders.includes(content.sender))
      return reply("R", [
        { path: "MSH-3", message: "This connection may not send in the name of MSH-3 and MSH-4.", hl7Error: 207 },
      ]);
    const isTaken = partner.types.includes(content.type);
    if (!isTaken && report.ack === "AE") return reply("E", []);
    if (!isTaken)
      return reply("R", [{ path: "MSH-9", message: "This type of message is not taken here.", hl7Error: 200 }]);
    const isReadable = report.ack === "AA" || (partner.isTolerant && ["take", "warn"].includes(report.disposition));
    const faults = faultsOf(interpreted);
    const stored = await this.queue.add(partner.tenantId, {
      interpreted,
      faults: isReadable && faults.length === 0 ? null : faults,
      submission: {
        scope: { tenantId: partner.tenantId, actor: null, requestId: newId(), ip },
        bytes,
        content,
        contentHash: cutils.sha256(bytes),
        orderId: null,
        fileName: null,
        partner,
      },
    });
    return acknowledge({ report, message, ...said(stored) });
  }
}

/** The verdict on what was stored, and what the acknowledgement says of it. */
function said(stored: Stored) {
  if ("filed" in stored) {
    const { messageId: id, receivedAt: at } = stored.filed;
    return { verdict: "A" as const, problems: [], id, at };
  }
  const { id, receivedAt: at, reason, problems } = stored.parked;
  const isError = senderErrors.has(reason);
  return {
    verdict: isError ? ("E" as const) : ("A" as const),
    // The validator's own findings stand in the report already.
    problems:
      reason === "message-invalid"
        ? []
        : problems.map(({ path, message }) => ({
            path,
            message: isError ? message : `${message} It waits for a person to place it.`,
            hl7Error: errorNumbers[reason],
            isError,
          })),
    id,
    at,
  };
}

/** Files what can be filed and parks the rest, in one transaction. */
async function storeGroup(work: Parameters<typeof fileGroup>[0], items: readonly Item[]): Promise<Settled<Stored>[]> {
  const fit = items.filter(({ faults }) => faults === null);
  const settled =
    fit.length > 0
      ? await fileGroup(
          work,
          fit.map(({ submission }) => submission),
        )
      : [];
  const outcomes = new Map(fit.map((item, index) => [item, settled[index]]));
  const refused = items.flatMap((item) => {
    const outcome = outcomes.get(item);
    if (outcome && "answer" in outcome) return [];
    const error = outcome?.error;
    if (outcome && !(error instanceof Refusal)) throw error;
    return [{ item, error: error instanceof Refusal ? error : null }];
  });
  const parked = await parkMessages(
    work,
    refused.map(({ item: { submission, interpreted, faults }, error }) => ({
      ...submission,
      sender: submission.content.sender,
      controlId: submission.content.controlId,
      type: interpreted.report.type,
      version: interpreted.report.version,
      reason: error?.reason ?? "message-invalid",
      problems: error ? problemsOf(error) : (faults ?? []),
    })),
  );
  const rows = new Map(refused.map(({ item }, index) => [item, parked[index]]));
  return items.map((item): Settled<Stored> => {
    const outcome = outcomes.get(item);
    if (outcome && "answer" in outcome) return { answer: { filed: outcome.answer } };
    const row = rows.get(item);
    return row ? { answer: { parked: row } } : { error: new Error("A message was neither filed nor parked.") };
  });
}

function problemsOf({ errors, detail, title }: Refusal): { path: string; message: string }[] {
  return errors.length > 0 ? errors : [{ path: "MSH", message: detail ?? title }];
}
